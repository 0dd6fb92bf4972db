/// What functions of other languages are called here, for whoever writes the name that they know.
enum OtherNames {
  /// The right thing to write for a name, called on a value of a type or with none before a dot.
  static func help(for name: String, on receiver: CELType?) -> String? {
    guard let receiver else { return functions[name] }
    switch receiver {
    case .list: return lists[name]
    case .map: return name == "has" || name == "containsKey" ? maps : sizes[name]
    case .string, .enumeration: return texts[name] ?? sizes[name]
    case .int, .uint, .double: return numbers[name]
    case .timestamp, .date: return name == "now" ? functions[name] : nil
    default: return nil
    }
  }

  private static let sizes = [
    "length": "write size()", "len": "write size()", "count": "write size()",
    "isEmpty": "write size() == 0", "empty": "write size() == 0",
  ]

  private static let lists =
    sizes.merging(
      [
        "sum": "write sum(list)", "any": "write list.exists(x, condition)",
        "some": "write list.exists(x, condition)", "every": "write list.all(x, condition)",
        "contains": "write x in list", "includes": "write x in list", "has": "write x in list",
        "maximum": "write list.max()", "minimum": "write list.min()",
        "unique": "write list.distinct()",
        "sorted": "write list.sort()", "orderBy": "write list.sortBy(x, key)",
        "sublist": "write list.slice(from, to)", "fold": "write list.reduce(sofar, start, x, next)",
        "find": "write list.filter(x, condition)", "where": "write list.filter(x, condition)",
        "select": "write list.map(x, result)",
      ]) { first, _ in first }

  private static let texts = [
    "toLowerCase": "write lowerAscii()", "lower": "write lowerAscii()",
    "lowercase": "write lowerAscii()", "toUpperCase": "write upperAscii()",
    "upper": "write upperAscii()", "uppercase": "write upperAscii()", "strip": "write trim()",
    "includes": "write contains(text)", "has": "write contains(text)",
    "match": "write matches(pattern)", "find": "write indexOf(text)",
  ]

  private static let maps = "write key in map"

  private static let numbers = [
    "abs": "write math.abs(number)", "round": "write math.round(number)",
    "floor": "write math.floor(number)", "ceil": "write math.ceil(number)",
    "toString": "write string(number)",
  ]

  private static let functions = [
    "max": "write [a, b].max()", "min": "write [a, b].min()",
    "abs": "write math.abs(number)", "round": "write math.round(number)",
    "floor": "write math.floor(number)", "ceil": "write math.ceil(number)",
    "sqrt": "write math.sqrt(number)", "len": "write size(list)", "length": "write size(list)",
    "count": "write size(list)", "now": "the date decided for is today",
    "today": "it is written today, without parentheses", "str": "write string(value)",
    "float": "write double(value)", "any": "write list.exists(x, condition)",
    "all": "write list.all(x, condition)", "exists": "write list.exists(x, condition)",
    "filter": "write list.filter(x, condition)", "map": "write list.map(x, result)",
    "avg": "write double(sum(list)) / double(size(list))",
  ]
}
