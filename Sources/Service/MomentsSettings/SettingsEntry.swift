internal import MomentsCore

/// One `Key=value` of a configuration file, not interpreted yet.
struct SettingsEntry: Hashable, Sendable {
    /// The file it stands in.
    let file: FilePath
    /// Its line, from 1.
    let line: Int
    /// The section's name without brackets; made harmless, for messages and comparing only.
    let section: String
    /// The key's name, likewise harmless.
    let key: String
    /// The value without surrounding blanks and quotes; bytes, since it may be a path.
    let value: [UInt8]
}
