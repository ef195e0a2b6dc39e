public import MomentsCore

/// A configuration file that cannot be obeyed: where, and what would be right.
public struct SettingsError: Error, Hashable, Sendable {
    /// The file at fault.
    public let file: FilePath
    /// The line, from 1; nil where the whole file is meant.
    public let line: Int?
    /// What is wrong, and what to do; one harmless line.
    public let reason: String

    init(_ file: FilePath, line: Int? = nil, _ reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    init(_ entry: SettingsEntry, allowed: String) {
        let value = Escaping.excerpt(String(decoding: entry.value, as: UTF8.self))
        self.init(
            entry.file,
            line: entry.line,
            "[\(entry.section)] \(entry.key)= cannot be '\(value)'; allowed is \(allowed)"
        )
    }
}

extension SettingsError: CustomStringConvertible {
    /// File, line and reason, as compilers print them.
    public var description: String { file.display + (line.map { ":\($0)" } ?? "") + ": " + reason }
}
