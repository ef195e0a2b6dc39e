internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// A picture in the values and the turn of the frames it is laid over.
struct PreparedOverlay {
    /// What its planes were made for.
    let format: CInt
    let colors: OverlayColors
    private let planes: [OverlayPlane]
    /// How many bits smaller a plane of colours is, across and down.
    private let halving: (x: Int, y: Int)
    private let depth: Int
    /// Where it is shown, and its size there, before it is turned.
    private let shown: (x: Int, y: Int, width: Int, height: Int)

    /// Prepares a picture.
    ///
    /// - Returns: nil where frames of the form cannot be painted on: those of red, green and blue, with their values
    ///   side by side, or of more than 12 bits.
    init?(_ picture: Overlay.Picture, for frame: borrowing Frame, _ form: OverlayForm, _ colors: OverlayColors) {
        format = frame.raw.pointee.format
        self.colors = colors
        guard let description = av_pix_fmt_desc_get(AVPixelFormat(format))?.pointee, Self.isUsable(description) else {
            return nil
        }
        halving = (Int(description.log2_chroma_w), Int(description.log2_chroma_h))
        depth = Int(description.comp.0.depth)
        shown = (picture.x, picture.y, picture.bitmap.width, picture.bitmap.height)
        var bitmap = picture.bitmap.turned(quarters: -form.orientation.rotation / 90)
        if form.orientation.isMirrored { bitmap = bitmap.mirrored() }
        let size = Self.codedSize(form)
        let (across, down) = (Double(frame.width) / Double(size.width), Double(frame.height) / Double(size.height))
        if abs(across - 1) > 0.001 || abs(down - 1) > 0.001 {
            bitmap = bitmap.scaled(
                width: max(1, Int((Double(bitmap.width) * across).rounded())),
                height: max(1, Int((Double(bitmap.height) * down).rounded()))
            )
        }
        planes = Self.planes(bitmap, colors, depth, halving, count: Int(description.nb_components))
    }

    /// Whether frames of a format can be painted on.
    static func isUsable(_ description: AVPixFmtDescriptor) -> Bool {
        let refused = UInt64(
            AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BE
                | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_ALPHA
        )
        let (one, two, three) = (description.comp.0, description.comp.1, description.comp.2)
        let isPlanar = description.nb_components == 1 || (one.plane, two.plane, three.plane) == (0, 1, 2)
        return description.flags & refused == 0 && isPlanar && one.depth <= 12 && one.shift == 0
    }

    /// The size of a frame before it is turned, with square pixels.
    private static func codedSize(_ form: OverlayForm) -> (width: Int, height: Int) {
        form.orientation.swapsSides ? (form.shownHeight, form.shownWidth) : (form.shownWidth, form.shownHeight)
    }

    private static func planes(
        _ bitmap: Bitmap,
        _ colors: OverlayColors,
        _ depth: Int,
        _ halving: (x: Int, y: Int),
        count: Int
    ) -> [OverlayPlane] {
        let total = bitmap.width * bitmap.height
        var (ys, cbs, crs) = ([Double](), [Double](), [Double]())
        var opacities: [Double] = []
        ys.reserveCapacity(total)
        cbs.reserveCapacity(total)
        crs.reserveCapacity(total)
        opacities.reserveCapacity(total)
        let scale = Double(1 << (depth - 8))
        let top = Double(1 << depth - 1)
        let (low, high) = colors.isFullRange ? (0, top) : (16 * scale, 219 * scale)
        let spread = colors.isFullRange ? top : 224 * scale
        let bytes = bitmap.bytes
        var (known, values) = ((UInt8(0), UInt8(0), UInt8(0), UInt8(0)), (y: 0.0, cb: 0.0, cr: 0.0))
        for first in stride(from: 0, to: bytes.count, by: Bitmap.channels) {
            let pixel = (bytes[first], bytes[first + 1], bytes[first + 2], bytes[first + 3])
            let opacity = Double(pixel.3) / 255
            // Neighbours are mostly alike.
            if pixel != known, pixel.3 > 0 {
                let whole = Double(pixel.3)
                values = colors.values(
                    red: min(1, Double(pixel.0) / whole),
                    green: min(1, Double(pixel.1) / whole),
                    blue: min(1, Double(pixel.2) / whole)
                )
                known = pixel
            }
            ys.append(opacity * (low + high * values.y))
            cbs.append(opacity * (128 * scale + spread * values.cb))
            crs.append(opacity * (128 * scale + spread * values.cr))
            opacities.append(opacity)
        }
        var planes = [OverlayPlane(width: bitmap.width, height: bitmap.height, values: ys, opacities: opacities)]
        guard count > 1 else { return planes }
        let small = Self.halved(opacities, bitmap.width, bitmap.height, halving)
        for values in [cbs, crs] {
            let plane = Self.halved(values, bitmap.width, bitmap.height, halving)
            planes.append(
                OverlayPlane(width: plane.width, height: plane.height, values: plane.values, opacities: small.values)
            )
        }
        return planes
    }

    /// Means over the pixels that share a value of colour; outside is see-through.
    private static func halved(
        _ values: [Double],
        _ width: Int,
        _ height: Int,
        _ halving: (x: Int, y: Int)
    ) -> (values: [Double], width: Int, height: Int) {
        if halving == (0, 0) { return (values, width, height) }
        let (columns, rows) = (
            (width + (1 << halving.x) - 1) >> halving.x, (height + (1 << halving.y) - 1) >> halving.y
        )
        var sums = [Double](repeating: 0, count: columns * rows)
        let share = 1 / Double(1 << (halving.x + halving.y))
        for y in 0..<height {
            for x in 0..<width { sums[(y >> halving.y) * columns + x >> halving.x] += values[y * width + x] * share }
        }
        return (sums, columns, rows)
    }

    /// Lays it over a frame of the form it was prepared for.
    ///
    /// - Parameters:
    ///   - frame: A frame of its own, to be written to.
    ///   - form: What the frame is like.
    ///   - state: How much of it is seen, and how far from its place.
    func lay(over frame: borrowing Frame, _ form: OverlayForm, _ state: (share: Double, x: Double, y: Double)) {
        let place = coded(form, (Int(state.x.rounded()), Int(state.y.rounded())), frame)
        let weight = FrameMix.weight(state.share)
        let (data, strides) = (frame.raw.pointee.data, frame.raw.pointee.linesize)
        let targets = [(data.0, strides.0), (data.1, strides.1), (data.2, strides.2)]
        for (number, plane) in planes.enumerated() {
            guard let start = targets[number].0 else { continue }
            let (stride, isColor) = (Int(targets[number].1), number > 0)
            let (x, y) = isColor ? (halving.x, halving.y) : (0, 0)
            let size = ((frame.width + (1 << x) - 1) >> x, (frame.height + (1 << y) - 1) >> y)
            let at = (place.x >> x, place.y >> y)
            if depth > 8 {
                start.withMemoryRebound(to: UInt16.self, capacity: 1) { start in
                    plane.lay(over: start, stride: stride / 2, size: size, at: at, share: weight)
                }
            } else {
                plane.lay(over: start, stride: stride, size: size, at: at, share: weight)
            }
        }
    }

    /// Where it lies in the frame as coded, moved by so many pixels as shown.
    private func coded(_ form: OverlayForm, _ moved: (x: Int, y: Int), _ frame: borrowing Frame) -> (x: Int, y: Int) {
        let (x, y) = (shown.x + moved.x, shown.y + moved.y)
        let size = Self.codedSize(form)
        let (place, width) =
            switch form.orientation.rotation {
            case 90: ((y, form.shownWidth - x - shown.width), shown.height)
            case 180: ((form.shownWidth - x - shown.width, form.shownHeight - y - shown.height), shown.width)
            case 270: ((form.shownHeight - y - shown.height, x), shown.height)
            default: ((x, y), shown.width)
            }
        let left = form.orientation.isMirrored ? size.width - place.0 - width : place.0
        return (left * frame.width / size.width, place.1 * frame.height / size.height)
    }
}
