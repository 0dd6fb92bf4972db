#if Store
import GRDB

enum Probe { static let version = Database.sqliteLibVersionNumber }
#endif
