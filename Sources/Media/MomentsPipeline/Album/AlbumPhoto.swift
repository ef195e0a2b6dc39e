internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsStoryboard

/// A photo of an album: a still of some seconds in which the view moves gently.
struct AlbumPhoto {
    /// How long it is shown, in seconds.
    static let seconds = 2.5
    /// Photos taken so soon after each other are of one moment, of which the first is shown; in seconds.
    static let burst = 3.0

    let path: FilePath

    /// How far the view goes in or out, as a factor.
    private static let zoom = 1.08
    /// How much of a photo has to stay when it is cut to the form; else it is fitted in, with itself blurred beside it.
    private static let least = 0.7

    /// Looks at it.
    ///
    /// - Throws: `PictureFile.Refusal` where it is none that is taken, or is damaged; `MediaError` where memory is short.
    func look() throws -> AlbumFacts {
        AlbumFacts(try PictureReader.facts(try PictureFile.content(of: path)), seconds: Self.seconds)
    }

    /// Films it.
    ///
    /// - Parameters:
    ///   - form: The reel's form.
    ///   - number: Every other one is gone into, the rest is gone out of.
    ///   - clip: The clip's file.
    ///   - interrupt: Stops it.
    /// - Throws: As above.
    func film(_ form: ReelForm, number: Int, to clip: FilePath, interrupt: Interrupt) throws {
        let bytes = try PictureFile.content(of: path)
        func near(_ side: Int) -> Int { Int((Double(side) * Self.zoom / 2).rounded(.up)) * 2 }
        let size = (width: near(form.width), height: near(form.height))
        var picture = try PictureReader.picture(bytes, covering: size)
        let ratio = Double(form.width) / Double(form.height)
        let own = Double(picture.width) / Double(picture.height)
        var focus = PictureSaliency.focus(of: picture)
        if min(ratio / own, own / ratio) < Self.least {
            picture = try PictureReader.picture(bytes, fittedInto: size)
            focus = (0.5, 0.5)
        }
        let way = KenBurnsPath(
            (picture.width, picture.height),
            ratio: ratio,
            motion: number.isMultiple(of: 2) ? .zoomIn : .zoomOut,
            zoom: Self.zoom,
            focus: focus
        )
        let painter = KenBurnsPainter(picture, width: form.width, height: form.height)
        let rate = max(1, Int(form.rate.value.rounded(.up)))
        let writer = try ClipWriter(
            clip,
            ClipWriter.Form(width: form.width, height: form.height, frameRate: rate, rateFactor: 14)
        )
        let frames = Int((Self.seconds * Double(rate)).rounded(.up)) + 1
        for frame in 0..<frames {
            try interrupt.check("film")
            try writer.add(painter.paint(way.window(at: Double(frame) / Double(frames - 1))))
        }
        try writer.finish()
    }
}
