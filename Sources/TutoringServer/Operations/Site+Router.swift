#if Server
package import Hummingbird

extension Site {
  /// What answers requests: for programs by itself, for browsers by the pages.
  package func router(pages: some SitePages) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
    // What comes first sees all that comes later: errors of every kind get the headers, and are counted.
    router.add(middleware: Observation(metrics: service.metrics))
    router.add(middleware: SecurityHeaders(isSecure: isSecure))
    router.add(middleware: ProblemRendering(pages: pages))
    router.add(middleware: BodyReading())
    router.add(middleware: SignInReading(desk: desk))
    // From here on it is known for whom a page of an error is.
    router.add(middleware: ProblemRendering(pages: pages))
    router.add(middleware: CrossSiteCheck(hosts: hosts))
    HealthRoutes(store: service.store, keeper: service.keeper, metrics: service.metrics)
      .add(to: router)
    SignInRoutes(site: self, pages: pages).add(to: router)
    APIRoutes(site: self).add(to: router)
    pages.addRoutes(to: router, of: self)
    return router
  }
}
#endif
