internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsStoryboard
internal import MomentsTitles

/// A shot that shows its text: a card in a style's look that comes out of the dark, grows gently, and goes.
struct CardShot {
    let form: StoryForm
    let look: ClipLook
    let interrupt: Interrupt
    /// What is laid over its pictures.
    var overlays: [Overlay] = []

    /// How far it grows, as a factor: no letter comes near the edge.
    private static let growth = 1.05
    /// How long it takes to come and to go, in seconds.
    private static let fade = 0.35

    /// Makes it.
    ///
    /// - Parameters:
    ///   - text: What it shows.
    ///   - frames: How many pictures there are to be.
    ///   - path: The clip's file.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: Characters that no font here has.
    /// - Throws: `MediaError`.
    func make(
        _ text: String,
        _ frames: Int,
        to path: FilePath,
        _ progress: (Double) -> Void
    ) throws -> Set<Unicode.Scalar> {
        let (width, height) = (form.clip.width, form.clip.height)
        func large(_ side: Int) -> Int { Int((Double(side) * Self.growth / 2).rounded(.up)) * 2 }
        let card = TitlePainter(width: large(width), height: large(height), look: TitleLook(look)).card(title: text)
        let picture = PicturePlanes(card.bitmap)
        let way = KenBurnsPath(
            (picture.width, picture.height),
            ratio: Double(width) / Double(height),
            motion: .zoomIn,
            zoom: Self.growth,
            focus: (0.5, 0.5)
        )
        let painter = KenBurnsPainter(picture, width: width, height: height)
        let writer = try ClipWriter(path, form.clip, overlays: overlays)
        for frame in 0..<frames {
            try interrupt.check("film")
            let painted = painter.paint(way.window(at: Double(frame) / Double(max(1, frames - 1))))
            let edge = min(form.seconds(frame + 1), form.seconds(frames - frame))
            let share = min(1, edge / min(Self.fade, form.seconds(frames) / 3))
            try writer.add(share < 1 ? painted.faded(to: share) : painted)
            progress(Double(frame + 1) / Double(frames))
        }
        try writer.finish()
        return card.missing
    }
}
