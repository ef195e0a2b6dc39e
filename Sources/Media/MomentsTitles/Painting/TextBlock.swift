internal import CPango

/// A text broken into lines, as large as fits its room.
///
/// Used on one thread.
final class TextBlock {
    /// The room and the size of a text, in pixels.
    struct Fit {
        /// The longest a line may be.
        let width: Int
        /// The most lines.
        let lines: Int
        /// The size of letters wanted.
        let largest: Double
        /// The smallest size that is still readable.
        let least: Double
        /// Whether lines stand in the middle; else where the text's script begins.
        var isCentred = false
    }

    /// Its width in pixels.
    let width: Int
    /// Its height in pixels.
    let height: Int
    /// The size of its letters.
    let size: Double
    /// Whether it is read from the right.
    let isRightToLeft: Bool
    /// Characters that no font has; they are left out.
    let missing: Set<Unicode.Scalar>
    /// Whether some of it did not fit.
    let isCut: Bool

    private let layout: OpaquePointer
    private let canvas: Canvas
    private let left: Int

    /// Lays a text out.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - face: Its letters.
    ///   - fit: Its room.
    ///   - canvas: Where it can be drawn.
    init(_ text: TitleText, _ face: Typeface, _ fit: Fit, on canvas: Canvas) {
        self.canvas = canvas
        layout = pango_cairo_create_layout(canvas.context)
        Self.prepare(layout, face, fit)
        pango_layout_set_text(layout, text.text, -1)
        Self.setSize(layout, fit.largest)
        // What no font has would be drawn as boxes with numbers.
        let missing = Self.missing(layout)
        if !missing.isEmpty { pango_layout_set_text(layout, text.without(missing).text, -1) }
        self.missing = missing
        var size = fit.largest
        while size > fit.least, Self.isTooLong(layout, fit) {
            size = max(fit.least, size * 0.93)
            Self.setSize(layout, size)
        }
        isCut = Self.isTooLong(layout, fit)
        if isCut {
            pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
            pango_layout_set_height(layout, -CInt(fit.lines))
        } else if pango_layout_get_line_count(layout) > 1 {
            Self.balance(layout, fit)
        }
        self.size = size
        isRightToLeft = pango_layout_get_direction(layout, 0) == PANGO_DIRECTION_RTL
        var (ink, logical) = (PangoRectangle(), PangoRectangle())
        pango_layout_get_pixel_extents(layout, &ink, &logical)
        // Slanted letters, and marks, reach beyond their lines.
        let (first, last) = (min(ink.x, logical.x), max(ink.x + ink.width, logical.x + logical.width))
        left = Int(first)
        width = max(0, Int(last - first))
        height = max(0, Int(logical.height))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

    /// Whether there is nothing to be seen.
    var isEmpty: Bool { width == 0 }

    /// Draws it with its upper left corner at a place.
    ///
    /// - Parameters:
    ///   - x: From the left.
    ///   - y: From above.
    ///   - color: Of its letters.
    ///   - outline: Of a line around them; nil for none.
    func draw(_ x: Double, _ y: Double, _ color: TitleColor, outline: TitleColor? = nil) {
        let context = canvas.context
        cairo_new_path(context)
        cairo_move_to(context, x - Double(left), y)
        if let outline {
            pango_cairo_layout_path(context, layout)
            cairo_set_source_rgb(context, outline.red, outline.green, outline.blue)
            cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
            cairo_set_line_width(context, 2 * Self.outline(size))
            cairo_stroke(context)
            cairo_move_to(context, x - Double(left), y)
        }
        cairo_set_source_rgb(context, color.red, color.green, color.blue)
        pango_cairo_show_layout(context, layout)
        cairo_new_path(context)
    }

    /// How wide the line around letters of a size is.
    static func outline(_ size: Double) -> Double { max(1.5, size * 0.07) }

    private static func prepare(_ layout: OpaquePointer, _ face: Typeface, _ fit: Fit) {
        let font = pango_font_description_new()
        defer { pango_font_description_free(font) }
        pango_font_description_set_family(font, face.families)
        pango_font_description_set_weight(font, PangoWeight(rawValue: UInt32(min(max(face.weight, 100), 1000))))
        pango_font_description_set_style(font, face.isItalic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
        pango_layout_set_font_description(layout, font)
        let options = cairo_font_options_create()
        defer { cairo_font_options_destroy(options) }
        // Letters look the same at every place, whatever screen the machine's settings are for.
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(pango_layout_get_context(layout), options)
        pango_layout_context_changed(layout)
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_width(layout, CInt(fit.width) * PANGO_SCALE)
        pango_layout_set_alignment(layout, fit.isCentred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT)
        pango_layout_set_single_paragraph_mode(layout, 1)
    }

    private static func setSize(_ layout: OpaquePointer, _ size: Double) {
        let font = pango_font_description_copy(pango_layout_get_font_description(layout))
        defer { pango_font_description_free(font) }
        pango_font_description_set_absolute_size(font, size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, font)
    }

    private static func isTooLong(_ layout: OpaquePointer, _ fit: Fit) -> Bool {
        Int(pango_layout_get_line_count(layout)) > fit.lines
    }

    /// Narrows lines until they are about equally long.
    private static func balance(_ layout: OpaquePointer, _ fit: Fit) {
        let lines = pango_layout_get_line_count(layout)
        var (low, high) = (fit.width / Int(lines), fit.width)
        while high - low > max(2, fit.width / 64) {
            let middle = (low + high) / 2
            pango_layout_set_width(layout, CInt(middle) * PANGO_SCALE)
            if pango_layout_get_line_count(layout) > lines { low = middle } else { high = middle }
        }
        pango_layout_set_width(layout, CInt(high) * PANGO_SCALE)
    }

    private static func missing(_ layout: OpaquePointer) -> Set<Unicode.Scalar> {
        guard pango_layout_get_unknown_glyphs_count(layout) > 0, let iterator = pango_layout_get_iter(layout) else {
            return []
        }
        defer { pango_layout_iter_free(iterator) }
        var missing: Set<Unicode.Scalar> = []
        repeat {
            guard let glyphs = pango_layout_iter_get_run_readonly(iterator)?.pointee.glyphs?.pointee else { continue }
            for number in 0..<Int(glyphs.num_glyphs) {
                let glyph = glyphs.glyphs[number].glyph
                guard glyph & moments_pango_unknown != 0, glyph != moments_pango_empty else { continue }
                if let scalar = Unicode.Scalar(glyph & ~moments_pango_unknown) { missing.insert(scalar) }
            }
        } while pango_layout_iter_next_run(iterator) != 0
        return missing
    }
}
