internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// Turns frames into files people can look at: upright, square pixels, ordinary colours.
public enum StillWriter {
    /// Prepares a decoded frame and encodes it.
    ///
    /// - Parameters:
    ///   - frame: The coded frame.
    ///   - preparation: Its size and orientation.
    ///   - form: The format, and how fine.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    public static func bytes(
        _ frame: borrowing Frame,
        _ preparation: FramePreparation,
        as form: StillForm
    ) throws -> [UInt8] {
        let series = try StillSeries(preparation, as: form)
        return try series.bytes(frame, capture: form.capture)
    }

    /// Encodes one picture, such as a sheet made of many.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - colors: How its values are meant.
    ///   - form: The format, and how fine.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    public static func bytes(
        _ picture: StillImage,
        _ colors: FrameColors,
        as form: StillForm
    ) throws -> [UInt8] {
        let series = try StillSeries(width: picture.width, height: picture.height, as: form)
        return try series.bytes(picture, colors, capture: form.capture)
    }
}
