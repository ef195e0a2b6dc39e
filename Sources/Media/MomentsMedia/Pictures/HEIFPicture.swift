internal import CHeif
internal import CLibAV

/// A picture in a HEIF container, as phones take them: HEIC or AVIF, put together of its tiles, cropped and turned as it says.
struct HEIFPicture: ~Copyable {
    private let context: OpaquePointer
    private let handle: OpaquePointer

    /// Whether a file begins like such a picture.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        heif_check_filetype(bytes, Int32(min(bytes.count, 1 << 10))) == heif_filetype_yes_supported
    }

    /// Reads the boxes of a picture; nothing is decoded.
    ///
    /// - Parameter bytes: The file's content.
    /// - Throws: `PictureFile.Refusal` where it is damaged; `MediaError` where memory is short.
    init(_ bytes: [UInt8]) throws {
        guard let context = heif_context_alloc() else { throw MediaError.outOfMemory("open", "a picture") }
        heif_context_set_maximum_image_size_limit(context, Int32(PictureFile.longestSide))
        // The tiles are decoded one after the other: a worker is one of several.
        heif_context_set_max_decoding_threads(context, 0)
        var handle: OpaquePointer?
        do {
            let read = bytes.withUnsafeBytes { heif_context_read_from_memory(context, $0.baseAddress, $0.count, nil) }
            try Self.check(read, "open")
            try Self.check(heif_context_get_primary_image_handle(context, &handle), "open")
        } catch {
            heif_context_free(context)
            throw error
        }
        guard let handle else {
            heif_context_free(context)
            throw PictureFile.Refusal("has no main picture")
        }
        (self.context, self.handle) = (context, handle)
    }

    deinit {
        heif_image_handle_release(handle)
        heif_context_free(context)
    }

    /// Width and height in pixels, as shown.
    var size: (width: Int, height: Int) {
        (Int(heif_image_handle_get_width(handle)), Int(heif_image_handle_get_height(handle)))
    }

    /// Decodes it.
    ///
    /// - Parameter frame: What takes the picture: 8-bit red, green, blue, and opacity where it has some; upright. Its metadata
    ///   tells when it was taken, as a JPEG's does.
    /// - Throws: As above.
    func decode(into frame: borrowing Frame) throws {
        let hasAlpha = heif_image_handle_has_alpha_channel(handle) != 0
        let chroma = hasAlpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB
        var image: OpaquePointer?
        try Self.check(heif_decode_image(handle, &image, heif_colorspace_RGB, chroma, nil), "decode")
        defer { heif_image_release(image) }
        var stride: Int32 = 0
        guard let pixels = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride) else {
            throw MediaError.outOfMemory("decode", "a picture")
        }
        frame.raw.pointee.width = heif_image_get_width(image, heif_channel_interleaved)
        frame.raw.pointee.height = heif_image_get_height(image, heif_channel_interleaved)
        frame.raw.pointee.format = (hasAlpha ? AV_PIX_FMT_RGBA : AV_PIX_FMT_RGB24).rawValue
        try MomentsMedia.check(av_frame_get_buffer(frame.raw, 0), "decode", "a picture")
        let row = Int(frame.raw.pointee.width) * (hasAlpha ? 4 : 3)
        let target = Int(frame.raw.pointee.linesize.0)
        guard row <= Int(stride), row <= target, let start = frame.raw.pointee.data.0 else {
            throw MediaError.outOfMemory("decode", "a picture")
        }
        for line in 0..<Int(frame.raw.pointee.height) {
            (start + line * target).update(from: pixels + line * Int(stride), count: row)
        }
        for (name, value) in ExifTimes(exif) { av_dict_set(&frame.raw.pointee.metadata, name, value, 0) }
    }

    /// Its Exif block, from its byte order on; empty where it has none.
    private var exif: [UInt8] {
        var item: heif_item_id = 0
        guard heif_image_handle_get_list_of_metadata_block_IDs(handle, "Exif", &item, 1) == 1 else { return [] }
        let size = heif_image_handle_get_metadata_size(handle, item)
        guard size > 4, size <= PictureFile.largestFile else { return [] }
        var block = [UInt8](repeating: 0, count: size)
        guard heif_image_handle_get_metadata(handle, item, &block).code == heif_error_Ok else { return [] }
        // It begins with how far behind these four bytes that is.
        let offset = block.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        return offset < size - 4 ? Array(block[(4 + offset)...]) : []
    }

    private static func check(_ error: heif_error, _ call: String) throws {
        guard error.code != heif_error_Ok else { return }
        if error.code == heif_error_Memory_allocation_error { throw MediaError.outOfMemory(call, "a picture") }
        let reason = error.message.map { String(cString: $0) } ?? "it is damaged"
        throw PictureFile.Refusal("cannot be \(call == "open" ? "read" : "decoded") (\(reason))")
    }
}
