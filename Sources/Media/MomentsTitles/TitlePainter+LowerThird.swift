internal import MomentsCore

extension TitlePainter {
    /// A title in the lower part of the frame, at the side where its script begins.
    ///
    /// - Parameters:
    ///   - title: The large text; any, as strangers wrote it.
    ///   - detail: A smaller line below it; empty for none.
    ///   - ground: What lies under it; only a ground that is dark enough spares the box of a look that has none.
    ///   - raised: How far above the safe area's end it ends, as a share of the frame's shorter side.
    /// - Returns: The picture; nil where nothing can be shown.
    public func lowerThird(
        title: String,
        detail: String = "",
        over ground: Ground = .unknown,
        raised: Double = 0
    ) -> PaintedTitle? {
        let room = Int(Double(safe.width) * (width > height ? 0.62 : 0.92)) - 2 * even(length(0.035))
        let probe = Canvas(width: 1, height: 1)
        let face = TextBlock.Fit(width: room, lines: 2, largest: size(0.085), least: leastSize)
        let measured = TextBlock(TitleText(title), look.title, face, on: probe)
        let small = TextBlock.Fit(width: room, lines: 1, largest: size(0.045), least: leastSize)
        let other = TextBlock(TitleText(detail), look.detail, small, on: probe)
        let missing = measured.missing.union(other.missing)
        guard !measured.isEmpty || !other.isEmpty else { return nil }
        let (padX, padY) = (length(look.form == .block ? 0.05 : 0.035), length(0.022))
        let edge = look.form == .box ? length(0.012) : 0
        let rule = look.form == .line ? length(0.02) : 0
        let gap = other.isEmpty || measured.isEmpty ? 0 : length(0.008)
        let text = (
            width: Double(max(measured.width, other.width)),
            height: Double((measured.isEmpty ? 0 : measured.height) + (other.isEmpty ? 0 : other.height)) + gap
        )
        let whole = (width: text.width + 2 * padX + edge, height: text.height + 2 * padY + rule)
        let canvas = Canvas(width: even(whole.width + 2), height: even(whole.height + 2))
        let isRight = measured.isRightToLeft
        let (ink, outline) = backing(canvas, whole, edge: edge, rule: rule, isRight: isRight, ground)
        // Laid out anew: a block belongs to the picture it is drawn into.
        let main = TextBlock(TitleText(title), look.title, face, on: canvas)
        let below = TextBlock(TitleText(detail), look.detail, small, on: canvas)
        func x(_ block: TextBlock) -> Double {
            isRight ? whole.width - edge - padX - Double(block.width) : edge + padX
        }
        var y = padY + rule
        if !main.isEmpty {
            main.draw(x(main), y, ink, outline: outline)
            y += Double(main.height) + gap
        }
        if !below.isEmpty { below.draw(x(below), y, ink, outline: outline) }
        let left = isRight ? Double(safe.right) - whole.width : Double(safe.left)
        let top = Double(safe.bottom) - whole.height - length(raised)
        return PaintedTitle(canvas.bitmap, x: max(0, even(left)), y: max(0, even(top)), missing: missing)
    }

    /// Paints what the text of a lower third stands on.
    ///
    /// - Returns: The text's colour, and that of a line around its letters.
    private func backing(
        _ canvas: Canvas,
        _ whole: (width: Double, height: Double),
        edge: Double,
        rule: Double,
        isRight: Bool,
        _ ground: Ground
    ) -> (TitleColor, TitleColor?) {
        let corner = length(look.radius)
        switch look.form {
        case .block:
            canvas.fill(look.accent) { canvas.slanted(0, 0, whole.width, whole.height, by: length(0.025)) }
            return (look.onAccent, nil)
        case .box:
            let opacity = max(0.78, Backing.opacity(of: look.box, under: look.text))
            canvas.fill(look.box, opacity: opacity) {
                canvas.rectangle(0, 0, whole.width, whole.height, radius: corner)
            }
            let x = isRight ? whole.width - edge : 0
            canvas.fill(look.accent) { canvas.rectangle(x, 0, edge, whole.height, radius: min(corner, edge / 2)) }
            return (look.text, nil)
        case .line:
            var outline: TitleColor?
            switch Backing.chosen(for: look.text, box: look.box, over: ground) {
            case .outline(let color): outline = color
            case .box(let color, let opacity):
                canvas.fill(color, opacity: opacity) { canvas.rectangle(0, 0, whole.width, whole.height) }
            }
            let (inset, thin) = (length(0.035), max(2, length(0.004)))
            let long = min(whole.width - 2 * inset, length(0.16))
            let x = isRight ? whole.width - inset - long : inset
            canvas.fill(look.text) { canvas.rectangle(x, rule * 0.8, long, thin) }
            return (look.text, outline)
        }
    }
}
