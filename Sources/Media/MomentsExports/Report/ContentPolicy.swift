internal import FoundationEssentials
internal import MomentsSystem

/// What a page may load and run: its own style and script, known by their digests, and what lies beside it.
enum ContentPolicy {
    /// The policy's text.
    ///
    /// - Parameters:
    ///   - style: The page's style.
    ///   - script: The page's script.
    /// - Returns: The policy.
    static func text(style: String, script: String) -> String {
        // A page opened from a share has no origin, which "self" would mean; its scheme stands for it.
        [
            "default-src 'none'", "style-src '\(hash(style))'", "script-src '\(hash(script))'",
            "img-src 'self' file: data:", "media-src 'self' file:", "base-uri 'none'", "form-action 'none'",
        ].joined(separator: "; ")
    }

    private static func hash(_ content: String) -> String {
        var digest = SHA256()
        digest.update(Array(content.utf8))
        let hex = Array(digest.finish())
        let bytes = stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(String(hex[$0...$0 + 1]), radix: 16) }
        return "sha256-" + Data(bytes).base64EncodedString()
    }
}
