#if Server
import Hummingbird
import CryptoExtras

enum Probe { static let router = Router<BasicRequestContext>.self }
#endif
