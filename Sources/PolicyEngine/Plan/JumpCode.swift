/// The rules of a plan as jump code, and the tables that it refers to.
final class JumpCode: Sendable {
  let tests: ConstantTable<JumpTest>
  let chains: ConstantTable<JumpChain>
  let subjectSteps: ConstantTable<Int>
  /// What is put into cells for each document, and for each subject of a chain.
  let documentObjects: ConstantTable<JumpObject>
  let subjectObjects: ConstantTable<JumpObject>
  /// The views of the rules of the chains.
  let chainViews: ConstantTable<Int>

  /// The code of rules, each with the type that it is about.
  init(
    rules: [(subjectType: Int, rule: DecisionPlan.PlannedRule)], views: [DecisionPlan.View],
    nodes: [PlanNode], tree: SubjectTree
  ) {
    var compiler = JumpCompiler(nodes)
    var chains: [JumpChain] = []
    var subjectSteps: [Int] = []
    var subjectObjects: [JumpObject] = []
    var chainViews: [Int] = []
    for type in Set(rules.map(\.subjectType)).sorted() {
      compiler.beginChain()
      let ofType = rules.filter { $0.subjectType == type }.map(\.rule)
      let firstView = chainViews.count
      chainViews += ofType.flatMap { $0.views.positions }
      var start = compiler.add(JumpTest(operation: .end))
      for rule in ofType.reversed() {
        for view in rule.views.positions.reversed() {
          start = compiler.compile(
            views[view], number: view, isInForce: rule.isInForce, next: start)
        }
      }
      let firstStep = subjectSteps.count
      subjectSteps += tree.stepsByType[type]
      let firstObject = subjectObjects.count
      subjectObjects += compiler.subjectObjects
      chains.append(
        JumpChain(
          start: start, subjectSteps: TableRange(firstStep..<subjectSteps.count),
          objects: TableRange(firstObject..<subjectObjects.count),
          views: TableRange(firstView..<chainViews.count)))
    }
    tests = ConstantTable(compiler.tests)
    self.chains = ConstantTable(chains)
    self.subjectSteps = ConstantTable(subjectSteps)
    documentObjects = ConstantTable(compiler.documentObjects)
    self.subjectObjects = ConstantTable(subjectObjects)
    self.chainViews = ConstantTable(chainViews)
  }
}
