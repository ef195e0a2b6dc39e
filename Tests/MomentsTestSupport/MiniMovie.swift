/// The bytes of a file that a look at its headers takes for an MP4 of H.264 and AAC; nothing in it can be decoded.
public enum MiniMovie {
    /// Makes one.
    ///
    /// - Parameters:
    ///   - seconds: How long its pictures last by its headers.
    ///   - made: When it was made, in seconds since 1970; 0 for not told.
    ///   - width: Of its pictures.
    ///   - content: What stands in place of the pictures.
    ///   - length: What its tracks tell of their length, in milliseconds, in 64 bits; nil for what `seconds` says.
    /// - Returns: The file's bytes.
    public static func bytes(
        seconds: Int,
        made: Int64 = 0,
        width: Int = 640,
        content: String = "pictures",
        length: UInt64? = nil
    ) -> [UInt8] {
        let time = made == 0 ? 0 : UInt32(made + 2_082_844_800)
        let header = number(0) + number(time) + number(time) + number(1000) + number(UInt32(seconds * 1000))
        let picture =
            Array(repeating: 0, count: 24) + short(UInt16(width)) + short(360) + Array(repeating: 0, count: 50)
            + box("avcC", [1, 100, 0, 30])
        let sound = Array(repeating: 0, count: 16) + short(2) + short(16) + number(0) + number(48_000 << 16)
        return box("ftyp", Array("isom".utf8) + number(0))
            + box(
                "moov",
                box("mvhd", header) + track("vide", "avc1", picture, length.map(long) ?? header)
                    + track("soun", "mp4a", sound, header)
            )
            + box("mdat", Array(content.utf8))
    }

    /// A header of the kind that has room for 64 bits.
    private static func long(_ length: UInt64) -> [UInt8] {
        number(1 << 24) + Array(repeating: 0, count: 16) + number(1000) + number(UInt32(length >> 32))
            + number(UInt32(truncatingIfNeeded: length))
    }

    private static func track(_ handler: String, _ code: String, _ description: [UInt8], _ header: [UInt8]) -> [UInt8] {
        let table = box("stbl", box("stsd", number(0) + number(1) + box(code, description)))
        return box(
            "trak",
            box(
                "mdia",
                box("mdhd", header + number(0)) + box("hdlr", number(0) + number(0) + Array(handler.utf8))
                    + box("minf", table)
            )
        )
    }

    private static func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        number(UInt32(8 + content.count)) + Array(kind.utf8) + content
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func short(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
}
