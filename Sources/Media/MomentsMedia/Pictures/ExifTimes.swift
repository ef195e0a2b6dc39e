internal import CExif

/// When a picture was taken, by its Exif block: the names are those that FFmpeg gives to a JPEG's.
struct ExifTimes: Sequence {
    private let values: [String: String]

    /// Reads a block.
    ///
    /// - Parameter block: Its bytes, from the byte order on; what is damaged tells nothing.
    init(_ block: [UInt8]) {
        let bytes = Array("Exif\0\0".utf8) + block
        guard !block.isEmpty, bytes.count <= UInt16.max,
            let data = exif_data_new_from_data(bytes, UInt32(bytes.count))
        else {
            values = [:]
            return
        }
        defer { exif_data_unref(data) }
        let (main, details) = (data.pointee.ifd.0, data.pointee.ifd.2)
        let tags = [
            ("DateTimeOriginal", EXIF_TAG_DATE_TIME_ORIGINAL, details),
            ("DateTimeDigitized", EXIF_TAG_DATE_TIME_DIGITIZED, details),
            ("OffsetTimeOriginal", EXIF_TAG_OFFSET_TIME_ORIGINAL, details),
            ("DateTime", EXIF_TAG_DATE_TIME, main),
        ]
        var values: [String: String] = [:]
        for (name, tag, content) in tags {
            guard let entry = exif_content_get_entry(content, tag)?.pointee, let text = entry.data else { continue }
            let bytes = UnsafeBufferPointer(start: text, count: Int(entry.size)).prefix { $0 != 0 }
            values[name] = String(decoding: bytes.prefix(40), as: UTF8.self)
        }
        self.values = values
    }

    func makeIterator() -> Dictionary<String, String>.Iterator { values.makeIterator() }
}
