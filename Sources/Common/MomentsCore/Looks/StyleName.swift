/// The name of a style: that of its file without ".conf".
///
/// Strangers write it into requests and manifests; only a name that can be a file's is ever compared with those there are.
public struct StyleName: RawRepresentable, Hashable, Codable, Sendable {
    /// The name.
    public let rawValue: String

    /// Takes a name; nil for what can be none.
    public init?(rawValue: String) {
        guard ConfName.isName(Array(rawValue.utf8)) else { return nil }
        self.rawValue = rawValue
    }

    private init(shipped: String) { rawValue = shipped }

    /// The style that is taken where nobody names one.
    public static let modern = StyleName(shipped: "modern")
    /// The quiet one.
    public static let minimalist = StyleName(shipped: "minimalist")
    /// The loud one.
    public static let energetic = StyleName(shipped: "energetic")

    /// What a name may be, as the end of a sentence "allowed is …".
    public static let allowed = "the name of a style, that of its file without .conf"
}
