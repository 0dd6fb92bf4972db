import Foundation
import FuzzDriver
import FuzzProperties

let root = (1...5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

fuzz(try DocumentProperties(package: root).check)
