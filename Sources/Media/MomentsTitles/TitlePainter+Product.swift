public import MomentsCore

extension TitlePainter {
    /// A corner of the safe area.
    public enum Corner: CaseIterable, Sendable {
        case topRight, topLeft, bottomRight, bottomLeft
    }

    /// A product's picture in a frame of its own.
    ///
    /// - Parameters:
    ///   - picture: The product; where it is see-through, the frame's ground is seen.
    ///   - corner: Where it stands.
    ///   - share: The longer side of the frame, as a share of the video's shorter side.
    ///   - raised: How far above the safe area's end it ends, as a share of the video's shorter side.
    /// - Returns: The picture and its place.
    public func inset(_ picture: Bitmap, in corner: Corner, share: Double, raised: Double = 0) -> PaintedTitle {
        let place = insetPlace(picture, in: corner, share: share, raised: raised)
        let canvas = Canvas(width: place.width, height: place.height)
        let border = insetBorder
        let radius = length(look.radius)
        let (across, down) = (Double(place.width), Double(place.height))
        canvas.fill(look.form == .block ? look.accent : .white) { canvas.rectangle(0, 0, across, down, radius: radius) }
        let inner = (width: across - 2 * border, height: down - 2 * border)
        canvas.fill(.white) {
            canvas.rectangle(border, border, inner.width, inner.height, radius: max(0, radius - border / 2))
        }
        canvas.draw(picture, border, border, inner.width, inner.height) {
            canvas.rectangle(border, border, inner.width, inner.height, radius: max(0, radius - border / 2))
        }
        return PaintedTitle(canvas.bitmap, x: place.x, y: place.y)
    }

    /// Where a product's picture stands, in pixels.
    ///
    /// - Parameters: As `inset(_:in:share:raised:)` has them.
    /// - Returns: Its left and upper edge, and its size.
    public func insetPlace(
        _ picture: Bitmap,
        in corner: Corner,
        share: Double,
        raised: Double = 0
    ) -> (x: Int, y: Int, width: Int, height: Int) {
        // A picture as long as a ruler is shown as a bar.
        let ratio = min(max(Double(picture.width) / Double(picture.height), 0.2), 5)
        let long = length(share)
        let (wide, high) = ratio >= 1 ? (long, long / ratio) : (long * ratio, long)
        let (across, down) = (even(wide + 2 * insetBorder), even(high + 2 * insetBorder))
        let x = corner == .topLeft || corner == .bottomLeft ? safe.left : safe.right - across
        let y = corner == .topLeft || corner == .topRight ? safe.top : safe.bottom - down - even(length(raised))
        return (max(0, x / 2 * 2), max(0, y / 2 * 2), max(2, across), max(2, down))
    }

    private var insetBorder: Double { max(2, length(0.008)) }

    /// The last frame of a clip: the product, its name, and what to do now.
    ///
    /// - Parameters:
    ///   - name: The product's name; empty for none.
    ///   - callToAction: What to do; empty for none.
    ///   - picture: The product's picture; nil for none.
    /// - Returns: An opaque picture of the frame's size.
    public func endCard(name: String, callToAction: String, picture: Bitmap? = nil) -> PaintedTitle {
        let canvas = Canvas(width: width, height: height)
        canvas.fill(from: look.ground.top, to: look.ground.bottom)
        let isWide = picture != nil && Double(width) > 1.2 * Double(height)
        // Wide frames show the picture beside the words, others above them.
        let area = (x: Double(safe.left), y: Double(safe.top), width: Double(safe.width), height: Double(safe.height))
        var text = area
        if let picture {
            var room = area
            if isWide {
                room.width = area.width * 0.42
                text = (area.x + area.width * 0.47, area.y, area.width * 0.53, area.height)
            } else {
                room.height = area.height * 0.5
                text = (area.x, area.y + area.height * 0.54, area.width, area.height * 0.46)
            }
            draw(picture, on: canvas, in: room)
        }
        let missing = draw(name, callToAction, on: canvas, in: text, isLow: !isWide && picture != nil)
        return PaintedTitle(canvas.bitmap, x: 0, y: 0, missing: missing)
    }

    /// Draws a product's picture as large as a part of the frame allows, never more than three times its size.
    private func draw(
        _ picture: Bitmap,
        on canvas: Canvas,
        in room: (x: Double, y: Double, width: Double, height: Double)
    ) {
        let (across, down) = (Double(picture.width), Double(picture.height))
        let scale = min(room.width / across, room.height / down, 3)
        let (wide, high) = (max(1, across * scale), max(1, down * scale))
        let (x, y) = (room.x + (room.width - wide) / 2, room.y + (room.height - high) / 2)
        canvas.draw(picture, x, y, wide, high) { canvas.rectangle(x, y, wide, high, radius: length(look.radius)) }
    }

    /// A name, and what to do, as they stand below each other.
    private struct Words {
        let title: TextBlock
        let call: TextBlock
        let gap: Double
        let button: Double

        var titleHeight: Double { title.isEmpty ? 0 : Double(title.height) }
        var height: Double { titleHeight + gap + button }
        var missing: Set<Unicode.Scalar> { title.missing.union(call.missing) }
    }

    /// Room around what is written on a button, in pixels.
    private var padding: (x: Double, y: Double) { (length(0.045), length(0.022)) }

    /// Lays a name out, and what to do, as large as fits into a part of the frame.
    private func words(
        _ name: String,
        _ callToAction: String,
        on canvas: Canvas,
        _ room: (x: Double, y: Double, width: Double, height: Double)
    ) -> Words {
        let bold = max(600, look.title.weight)
        let face = Typeface(families: look.title.families, weight: bold, isItalic: look.title.isItalic)
        func laid(_ scale: Double) -> Words {
            func fit(_ share: Double, lines: Int, inset: Double) -> TextBlock.Fit {
                TextBlock.Fit(
                    width: Int(room.width - inset),
                    lines: lines,
                    largest: max(leastSize, size(share) * scale),
                    least: leastSize,
                    isCentred: true
                )
            }
            let title = TextBlock(TitleText(name), look.title, fit(0.095, lines: 4, inset: 0), on: canvas)
            let call = TextBlock(TitleText(callToAction), face, fit(0.06, lines: 2, inset: 2 * padding.x), on: canvas)
            return Words(
                title: title,
                call: call,
                gap: title.isEmpty || call.isEmpty ? 0 : length(0.05) * scale,
                button: call.isEmpty ? 0 : Double(call.height) + 2 * padding.y
            )
        }
        var scale = 1.0
        var words = laid(scale)
        while words.height > room.height, scale > 0.3 {
            scale *= 0.88
            words = laid(scale)
        }
        return words
    }

    /// Draws a name, and what to do as a button below it.
    private func draw(
        _ name: String,
        _ callToAction: String,
        on canvas: Canvas,
        in room: (x: Double, y: Double, width: Double, height: Double),
        isLow: Bool
    ) -> Set<Unicode.Scalar> {
        let words = words(name, callToAction, on: canvas, room)
        let (title, call) = (words.title, words.call)
        let middle = room.x + room.width / 2
        let spare = room.height - words.height
        var y = room.y + max(0, isLow ? min(spare / 2, length(0.06)) : spare / 2)
        if !title.isEmpty {
            title.draw(middle - Double(title.width) / 2, y, look.onGround)
            y += words.titleHeight + words.gap
        }
        guard !call.isEmpty else { return words.missing }
        let across = Double(call.width) + 2 * padding.x
        canvas.fill(look.accent) {
            switch look.form {
            case .block: canvas.slanted(middle - across / 2, y, across, words.button, by: length(0.025))
            case .box: canvas.rectangle(middle - across / 2, y, across, words.button, radius: words.button / 2)
            case .line: canvas.rectangle(middle - across / 2, y, across, words.button)
            }
        }
        call.draw(middle - Double(call.width) / 2, y + padding.y, look.onAccent)
        return words.missing
    }
}
