internal import CPango
internal import MomentsCore

/// A picture that is being painted.
///
/// Used on one thread.
final class Canvas {
    let width: Int
    let height: Int
    let context: OpaquePointer
    private let surface: OpaquePointer

    /// The longest side of a picture that is painted, in pixels.
    static let longest = 8192

    /// Starts with nothing on it; sides are kept within 1–8192 pixels.
    init(width: Int, height: Int) {
        self.width = min(max(1, width), Self.longest)
        self.height = min(max(1, height), Self.longest)
        // Neither is ever nil: where memory runs out both take everything and do nothing.
        surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, CInt(self.width), CInt(self.height))
        context = cairo_create(surface)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// What was painted so far.
    var bitmap: Bitmap {
        cairo_surface_flush(surface)
        let stride = Int(cairo_image_surface_get_stride(surface))
        guard let start = cairo_image_surface_get_data(surface) else { return Bitmap(width: width, height: height) }
        var bytes = [UInt8](repeating: 0, count: width * height * Bitmap.channels)
        bytes.withUnsafeMutableBufferPointer { target in
            for row in 0..<height {
                let line = UnsafeBufferPointer(start: start + row * stride, count: width * Bitmap.channels)
                let first = row * width * Bitmap.channels
                // The machine's own order is blue, green, red, opacity.
                for place in Swift.stride(from: 0, to: line.count, by: Bitmap.channels) {
                    target[first + place] = line[place + 2]
                    target[first + place + 1] = line[place + 1]
                    target[first + place + 2] = line[place]
                    target[first + place + 3] = line[place + 3]
                }
            }
        }
        return Bitmap(width: width, height: height, bytes: bytes)
    }

    /// Paints inside what a path encloses.
    func fill(_ color: TitleColor, opacity: Double = 1, _ path: () -> Void) {
        cairo_new_path(context)
        path()
        cairo_set_source_rgba(context, color.red, color.green, color.blue, opacity)
        cairo_fill(context)
    }

    /// Paints all of it from one colour above to another below.
    func fill(from top: TitleColor, to bottom: TitleColor) {
        let pattern = cairo_pattern_create_linear(0, 0, 0, Double(height))
        defer { cairo_pattern_destroy(pattern) }
        cairo_pattern_add_color_stop_rgb(pattern, 0, top.red, top.green, top.blue)
        cairo_pattern_add_color_stop_rgb(pattern, 1, bottom.red, bottom.green, bottom.blue)
        cairo_set_source(context, pattern)
        cairo_paint(context)
    }

    /// Adds a rectangle to the path, with round corners where `radius` is more than 0.
    func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double = 0) {
        let radius = min(radius, width / 2, height / 2)
        guard radius > 0 else { return cairo_rectangle(context, x, y, width, height) }
        let quarter = Double.pi / 2
        cairo_new_sub_path(context)
        cairo_arc(context, x + width - radius, y + radius, radius, -quarter, 0)
        cairo_arc(context, x + width - radius, y + height - radius, radius, 0, quarter)
        cairo_arc(context, x + radius, y + height - radius, radius, quarter, 2 * quarter)
        cairo_arc(context, x + radius, y + radius, radius, 2 * quarter, 3 * quarter)
        cairo_close_path(context)
    }

    /// Adds a rectangle that leans to the right by so many pixels to the path.
    func slanted(_ x: Double, _ y: Double, _ width: Double, _ height: Double, by lean: Double) {
        cairo_move_to(context, x + lean, y)
        cairo_line_to(context, x + width, y)
        cairo_line_to(context, x + width - lean, y + height)
        cairo_line_to(context, x, y + height)
        cairo_close_path(context)
    }

    /// Paints a picture into a rectangle, scaled, inside the path added by `clip`.
    func draw(_ bitmap: Bitmap, _ x: Double, _ y: Double, _ width: Double, _ height: Double, clip: (() -> Void)? = nil)
    {
        let stride = cairo_format_stride_for_width(CAIRO_FORMAT_ARGB32, CInt(bitmap.width))
        var pixels = [UInt8](repeating: 0, count: Int(stride) * bitmap.height)
        for row in 0..<bitmap.height {
            let (from, to) = (row * bitmap.width * Bitmap.channels, row * Int(stride))
            for place in Swift.stride(from: 0, to: bitmap.width * Bitmap.channels, by: Bitmap.channels) {
                pixels[to + place] = bitmap.bytes[from + place + 2]
                pixels[to + place + 1] = bitmap.bytes[from + place + 1]
                pixels[to + place + 2] = bitmap.bytes[from + place]
                pixels[to + place + 3] = bitmap.bytes[from + place + 3]
            }
        }
        pixels.withUnsafeMutableBufferPointer { buffer in
            let picture = cairo_image_surface_create_for_data(
                buffer.baseAddress,
                CAIRO_FORMAT_ARGB32,
                CInt(bitmap.width),
                CInt(bitmap.height),
                stride
            )
            cairo_save(context)
            if let clip {
                cairo_new_path(context)
                clip()
                cairo_clip(context)
            }
            cairo_translate(context, x, y)
            cairo_scale(context, width / Double(bitmap.width), height / Double(bitmap.height))
            cairo_set_source_surface(context, picture, 0, 0)
            cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_BEST)
            cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
            cairo_rectangle(context, 0, 0, Double(bitmap.width), Double(bitmap.height))
            cairo_fill(context)
            cairo_restore(context)
            cairo_surface_finish(picture)
            cairo_surface_destroy(picture)
        }
    }
}
