internal import MomentsCore
internal import MomentsSystem

/// What the file of a preset or a style says to people.
struct ConfFile {
    /// The words it begins with.
    let text: String
    /// Its values, such as "TargetDuration=1min".
    let values: [String]

    /// Reads it; nothing where that cannot be done.
    init(_ path: FilePath) {
        let bytes = (try? Descriptor.openRegular(path).read(64 << 10, at: 0, of: path)) ?? []
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let head = lines.prefix { $0.hasPrefix("#") }
        text = Escaping.line(head.map { String($0.drop { $0 == "#" || $0 == " " }) }.joined(separator: " "))
        values = lines.filter { line in
            line.first?.isLetter == true && line.contains("=")
        }.map { Escaping.line(String($0)) }
    }
}
