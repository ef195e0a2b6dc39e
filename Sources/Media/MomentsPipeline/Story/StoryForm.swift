internal import MomentsCore
internal import MomentsEncoding

/// The form of a story's pictures, and how its time is counted.
struct StoryForm: Sendable {
    static let frameRate = 25

    let clip: ClipWriter.Form

    init(_ story: Story) {
        let size = story.size
        clip = ClipWriter.Form(width: size.width, height: size.height, frameRate: Self.frameRate)
    }

    /// How many pictures a time takes; at least one.
    func frames(_ seconds: Double) -> Int { max(1, Int((seconds * Double(Self.frameRate)).rounded())) }

    /// How long so many pictures are shown, in seconds.
    func seconds(_ frames: Int) -> Double { Double(frames) / Double(Self.frameRate) }
}
