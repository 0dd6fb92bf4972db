#if Store
import TutoringSessions

/// The names of the invented district.
enum DemoNames {
  static let firstNames = [
    "Amara", "Anne-Marie", "Björn", "Camila", "Chloé", "Darnell", "Dmitri", "Đạt", "Elif", "Esmé",
    "Fatima", "Gabriela", "Grace", "Hannah", "Hiroshi", "Ifeoma", "Imani", "Ingrid", "Jamal",
    "Joaquín", "José", "Kateryna", "Keoni", "Lakshmi", "Li", "Łukasz", "Lucía", "Malia", "Mateo",
    "Minh Anh", "Nadia", "Noah", "Óscar", "Olivia", "Pádraig", "Priya", "Quinn", "Rashid", "René",
    "Rosa", "Saoirse", "Siân", "Søren", "Tomás", "Uma", "Valentina", "Wren", "Ximena", "Yusuf",
    "Zoë", "明", "さくら", "Юлія", "Μαρία", "نور",
  ]

  static let lastNames = [
    "Abebe", "Adeyemi", "Ahmed", "Alvarez", "Baker", "Begay", "Błaszczyk", "Bui", "Castañeda",
    "Chen", "Cohen", "Đặng", "D'Angelo", "Díaz", "Dvořák", "Espinoza", "Fitzgerald", "García",
    "Gómez-Ruiz", "Goldberg", "Hernández", "Hughes", "Ibrahim", "Iñárritu", "Jackson", "Jensen",
    "Johnson", "Kahananui", "Kim", "Kowalski", "Lê", "Lindqvist", "López", "MacDonald", "Mbeki",
    "Müller", "Muñoz", "Nguyễn", "Núñez", "O'Brien", "O'Connor", "Okafor", "Ortiz", "Øster",
    "Park", "Patel", "Petrović", "Quintero", "Ramírez", "Ó Súilleabháin", "Sato", "Şahin",
    "Smith", "Świątek", "Tran", "Tsosie", "Usman", "van der Berg", "Vázquez", "Williams", "Wu",
    "X", "Yang", "Zhang", "李",
  ]

  static let schools = [
    ("truman-high", "Truman High"), ("van-horn-high", "Van Horn High"),
    ("bingham-middle", "Bingham Middle"), ("bridger-middle", "Bridger Middle"),
    ("glendale-elementary", "Glendale Elementary"),
    ("fairmount-elementary", "Fairmount Elementary"),
  ]

  /// Each tutor's name, login, and the schools by their places in the list above.
  static let tutors: [(name: String, login: String, schools: [Int])] = [
    ("Rosa Alvarez", "alvarez", [0, 1, 2]), ("Nguyễn Thị Hoa", "nguyen", [2]),
    ("Siân Hughes", "hughes", [4]), ("Darnell Jackson", "jackson", [0]),
    ("Kateryna Kovalenko", "kovalenko", [1]), ("Óscar Núñez", "nunez", [3]),
    ("Grace Begay", "begay", [5]), ("Søren Lindqvist", "lindqvist", [0]),
    ("Priya Patel", "patel", [2]), ("Joaquín Ramírez", "ramirez", [4]),
    ("Olivia Smith", "smith", [5]), ("Hannah Goldberg", "goldberg", [1]),
  ]

  /// Those who hold no sessions.
  static let staff: [(id: String, name: String, login: String, role: Role)] = [
    ("O-1", "Beatriz Castañeda", "castaneda", .office), ("O-2", "Noah Baker", "baker", .office),
    ("P-1", "Ingrid Øster", "oster", .administrator), ("A-1", "Jamal Cohen", "cohen", .auditor),
  ]

  static let subjects = [
    "algebra", "biology", "math", "reading", "physical-science", "english",
  ]

  static let descriptions = [
    "Fractions, decimals and percents", "Guided reading, chapters 1 and 2",
    "Worked on factoring quadratics", "Essay outlines; peer review", "Lab report on cells",
    "Vocabulary list A; flash cards sent home", "Review for the unit test",
  ]

  static let tags = ["after-school", "small-group", "title-i", "one-on-one"]

  static let goals = ["cl-goal-1", "cl-goal-2", "cl-goal-3", "cl-goal-4", "cl-goal-5"]

  static let groups = [
    "Reading lab", "Algebra workshop", "Homework club", "Writers' circle", "Science seminar",
    "Math facts", "Test preparation", "Newcomers", "Book club", "Study hall",
  ]
}
#endif
