internal import MomentsCore
internal import MomentsRendering
internal import MomentsSystem

/// A reel that stands in staging, as its checkpoint has it.
struct RenderedReel: Codable {
    let reel: Reel
    let digest: String

    /// Measures a reel that was just made; nil where it cannot be read.
    init?(_ reel: Reel) {
        guard let digest = try? SHA256.of(reel.path) else { return nil }
        self.reel = reel
        self.digest = digest
    }

    /// Whether the file still is what was made.
    func isIntact(at path: FilePath) -> Bool { reel.path == path && (try? SHA256.of(path)) == digest }
}
