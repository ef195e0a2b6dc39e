internal import MomentsCore

/// Paints titles for frames of one size, in one look.
///
/// Every text is shaped by Pango, in any script and direction, with the machine's fonts; sizes follow the frame's, and
/// stay readable where the frame is shown 320 pixels wide.
public struct TitlePainter: Sendable {
    /// The frame's width in pixels.
    public let width: Int
    /// Its height in pixels.
    public let height: Int
    /// How titles look.
    public let look: TitleLook
    /// Where text may stand.
    public let safe: SafeArea

    /// Makes a painter.
    ///
    /// - Parameters:
    ///   - width: The frame's width in pixels, 1–8192.
    ///   - height: Its height, likewise.
    ///   - look: How titles look.
    public init(width: Int, height: Int, look: TitleLook = .modern) {
        self.width = min(max(1, width), Canvas.longest)
        self.height = min(max(1, height), Canvas.longest)
        self.look = look
        safe = SafeArea(width: self.width, height: self.height)
    }

    /// The frame's shorter side: what all sizes are shares of.
    var unit: Double { Double(min(width, height)) }

    /// The smallest letters, in pixels: 10.5 where the frame is shown 320 wide.
    public var leastSize: Double { max(Double(width) * 10.5 / 320, min(6, unit)) }

    /// A size of letters as a share of the frame's shorter side; never less than the smallest.
    func size(_ share: Double) -> Double { max(leastSize, unit * share) }

    /// A length as a share of the frame's shorter side, in pixels.
    func length(_ share: Double) -> Double { unit * share }

    func even(_ value: Double) -> Int { Int((value / 2).rounded(.down)) * 2 }

    /// A frame full of text: a title, and a line below it.
    ///
    /// - Parameters:
    ///   - title: The large text; any, as strangers wrote it.
    ///   - detail: A smaller line below it; empty for none.
    /// - Returns: An opaque picture of the frame's size.
    public func card(title: String, detail: String = "") -> PaintedTitle {
        let canvas = Canvas(width: width, height: height)
        canvas.fill(from: look.ground.top, to: look.ground.bottom)
        let room = Int(Double(safe.width) * 0.9)
        let main = TextBlock(
            TitleText(title),
            look.title,
            .init(width: room, lines: 5, largest: size(0.115), least: leastSize, isCentred: true),
            on: canvas
        )
        let other = TextBlock(
            TitleText(detail),
            look.detail,
            .init(width: room, lines: 3, largest: size(0.052), least: leastSize, isCentred: true),
            on: canvas
        )
        let gap = other.isEmpty || main.isEmpty ? 0 : length(0.05)
        let mainHeight = main.isEmpty ? 0 : Double(main.height)
        let whole = mainHeight + gap + (other.isEmpty ? 0 : Double(other.height))
        var y = Double(safe.top) + (Double(safe.height) - whole) / 2
        if !main.isEmpty {
            main.draw((Double(width) - Double(main.width)) / 2, y, look.onGround)
            y += mainHeight + gap / 2
            if gap > 0 {
                let rule = (width: length(0.12), height: max(2, length(0.004)))
                canvas.fill(look.accent) {
                    canvas.rectangle((Double(width) - rule.width) / 2, y - rule.height / 2, rule.width, rule.height)
                }
            }
            y += gap / 2
        }
        if !other.isEmpty { other.draw((Double(width) - Double(other.width)) / 2, y, look.onGround) }
        return PaintedTitle(canvas.bitmap, x: 0, y: 0, missing: main.missing.union(other.missing))
    }
}
