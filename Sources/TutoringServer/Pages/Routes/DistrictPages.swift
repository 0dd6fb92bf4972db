#if Server
import HTTPTypes
package import Hummingbird
import TutoringSessions

/// The pages that tutors, the office and auditors use in a browser.
package struct DistrictPages: SitePages {
  private let clock: DistrictClock
  private let keeper: PolicyKeeper

  /// Pages that tell days and times as a service does.
  package init(for service: DistrictService) {
    clock = service.clock
    keeper = service.keeper
  }

  package func addRoutes(to router: Router<WebContext>, of site: Site) {
    AssetRoutes().add(to: router)
    DashboardRoutes(service: site.service).add(to: router)
    NewSessionRoutes(service: site.service).add(to: router)
    SessionRoutes(service: site.service).add(to: router)
    SessionActionRoutes(service: site.service).add(to: router)
    EncounterRoutes(service: site.service).add(to: router)
    EndingRoutes(service: site.service).add(to: router)
    EditingRoutes(service: site.service).add(to: router)
    TagRoutes(service: site.service).add(to: router)
    WhyRoutes(service: site.service).add(to: router)
    OfficeRoutes(service: site.service).add(to: router)
    CorrectionRoutes(service: site.service).add(to: router)
    ReportRoutes(service: site.service).add(to: router)
    RosterRoutes(service: site.service).add(to: router)
    PolicyRoutes(service: site.service).add(to: router)
    PolicyEditRoutes(service: site.service).add(to: router)
  }

  package func page(for problem: Problem, request: Request, context: WebContext) -> Response {
    let reader = Reader(context, clock: clock, keeper: keeper)
    return Response.page(
      ProblemPage(problem, for: reader).page, for: reader, status: problem.status)
  }

  package func signInPage(
    login: String, next: String, message: String?, hint: String?, context: WebContext
  ) -> Response {
    var page = SignInPage(next: next)
    page.login = login
    page.mistake = message
    page.hint = hint
    let reader = Reader(context, clock: clock, keeper: keeper)
    page.formToken = reader.formToken
    return Response.page(page.page, for: reader)
  }
}

/// Serves what pages refer to.
struct AssetRoutes {
  func add(to router: Router<WebContext>) {
    for asset in Asset.all {
      router.get(RouterPath(asset.path)) { _, _ in
        Response(
          status: .ok,
          headers: [
            .contentType: asset.mediaType,
            // The name changes with the content.
            .cacheControl: "public, max-age=31536000, immutable",
          ], body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
      }
    }
  }
}

extension Reader {
  /// Whoever sent a request, now.
  init(_ context: WebContext, clock: DistrictClock, keeper: PolicyKeeper) {
    let zone = keeper.current.timeZone
    self.init(
      actor: context.signedIn?.actor, formToken: context.signedIn?.formToken ?? "",
      now: clock.now(in: zone), zone: zone)
  }

  /// Whoever sent a request to pages of a service.
  init(_ context: WebContext, _ service: DistrictService) {
    self.init(context, clock: service.clock, keeper: service.keeper)
  }
}

extension Response {
  /// A page as a response.
  static func page(
    _ page: Page, for reader: Reader, status: HTTPResponse.Status = .ok
  ) -> Response {
    .html(reader.frame.document(of: page), status: status)
  }

  /// A piece of HTML as a response.
  static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: html.bytes)))
  }

  /// Leads from what was done to a page that shows it.
  static func seeOther(_ address: String) -> Response { .redirect(to: address, type: .normal) }
}
#endif
