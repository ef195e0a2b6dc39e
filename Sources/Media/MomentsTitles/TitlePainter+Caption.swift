internal import MomentsCore

extension TitlePainter {
    /// What is said, in the lower middle of the frame, on a box that keeps it readable over anything.
    ///
    /// - Parameter text: What is said; any, as strangers wrote it.
    /// - Returns: The picture; nil where nothing can be shown.
    public func caption(_ text: String) -> PaintedTitle? {
        let isWide = Double(width) > 1.2 * Double(height)
        let fit = TextBlock.Fit(
            width: Int(Double(safe.width) * (isWide ? 0.8 : 0.94)),
            lines: isWide ? 3 : 4,
            largest: size(isWide ? 0.056 : 0.05),
            least: leastSize,
            isCentred: true
        )
        let words = TitleText(text)
        let probe = TextBlock(words, captionFace, fit, on: Canvas(width: 1, height: 1))
        guard !probe.isEmpty else { return nil }
        let (padX, padY) = (probe.size * 0.45, probe.size * 0.18)
        let size = (width: even(Double(probe.width) + 2 * padX + 1), height: even(Double(probe.height) + 2 * padY + 1))
        let canvas = Canvas(width: size.width, height: size.height)
        let color = Backing.apart(from: .white, .black)
        canvas.fill(color, opacity: max(0.72, Backing.opacity(of: color, under: .white))) {
            canvas.rectangle(0, 0, Double(size.width), Double(size.height), radius: probe.size * 0.18)
        }
        TextBlock(words, captionFace, fit, on: canvas).draw(padX, padY, .white)
        return PaintedTitle(
            canvas.bitmap,
            x: max(0, even(Double(width - size.width) / 2)),
            y: max(0, even(Double(safe.bottom - size.height))),
            missing: probe.missing
        )
    }

    /// How much of the frame's lower part captions take above the safe area's end, as a share of its shorter side.
    ///
    /// - Parameter texts: What they say, one after another.
    /// - Returns: The room of the highest, and a little more; 0 for none.
    public func captionRoom(for texts: [String]) -> Double {
        let highest = texts.compactMap { caption($0)?.bitmap.height }.max() ?? 0
        return highest > 0 ? Double(highest) / unit + 0.025 : 0
    }

    /// Captions are read, not looked at: thin letters would be grey where a clip is shown small.
    private var captionFace: Typeface { Typeface(families: TitleLook.modern.detail.families, weight: 700) }
}
