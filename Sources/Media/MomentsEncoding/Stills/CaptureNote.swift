public import MomentsCore

/// What a picture tells of its recording, as Exif 2.32 has it.
public struct CaptureNote: Hashable, Sendable {
    /// When it was taken; nil where nobody knows.
    public var time: Timestamp?
    /// The camera's maker.
    public var make: String?
    /// The camera's model.
    public var model: String?

    /// Makes a note.
    public init(time: Timestamp? = nil, make: String? = nil, model: String? = nil) {
        self.time = time
        self.make = make
        self.model = model
    }

    /// The same, so many seconds later.
    public func adding(seconds: Double) -> CaptureNote {
        CaptureNote(time: time?.adding(seconds: seconds), make: make, model: model)
    }

    /// The note as a TIFF file of two directories, big-endian.
    var exif: [UInt8] {
        var main = [Field(0x0112, short: 1), Field(0x0131, text: "momentsd \(Version.text)")]
        if let make { main.append(Field(0x010F, text: make)) }
        if let model { main.append(Field(0x0110, text: model)) }
        var inner = [Field(0x9000, type: 7, Array("0232".utf8)), Field(0xA001, short: 1)]
        if let time {
            // "2024-05-01T10:00:00Z" is "2024:05:01 10:00:00" here, and the zone stands apart.
            let text = time.description.prefix(19).map { $0 == "-" ? ":" : $0 == "T" ? " " : $0 }
            main.append(Field(0x0132, text: String(text)))
            inner.append(Field(0x9003, text: String(text)))
            inner.append(Field(0x9011, text: "+00:00"))
        }
        let innerStart = 8 + Self.size(main + [Field(0x8769, long: 0)])
        main.append(Field(0x8769, long: UInt32(innerStart)))
        let header: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]
        return header + Self.directory(main, at: 8) + Self.directory(inner, at: innerStart)
    }

    /// One entry of a directory.
    private struct Field {
        let tag: UInt16
        let type: UInt16
        let count: Int
        let bytes: [UInt8]

        init(_ tag: UInt16, type: UInt16, _ bytes: [UInt8]) {
            (self.tag, self.type, count, self.bytes) = (tag, type, bytes.count, bytes)
        }

        /// Text is ASCII with a zero at its end.
        init(_ tag: UInt16, text: String) {
            let plain = text.unicodeScalars.prefix(64).map { (32..<127).contains($0.value) ? UInt8($0.value) : 63 }
            self.init(tag, type: 2, plain + [0])
        }

        init(_ tag: UInt16, short: UInt16) {
            (self.tag, type, count, bytes) = (tag, 3, 1, CaptureNote.bytes(short))
        }

        init(_ tag: UInt16, long: UInt32) { (self.tag, type, count, bytes) = (tag, 4, 1, CaptureNote.bytes(long)) }

        /// Values of more than four bytes stand behind the directory, at even places.
        var outside: Int { bytes.count > 4 ? bytes.count + bytes.count % 2 : 0 }
    }

    private static func size(_ fields: [Field]) -> Int {
        6 + 12 * fields.count + fields.reduce(0) { $0 + $1.outside }
    }

    private static func directory(_ fields: [Field], at start: Int) -> [UInt8] {
        var entries = bytes(UInt16(fields.count))
        var values: [UInt8] = []
        let outside = start + 6 + 12 * fields.count
        for field in fields.sorted(by: { $0.tag < $1.tag }) {
            entries += bytes(field.tag) + bytes(field.type) + bytes(UInt32(field.count))
            if field.outside > 0 {
                entries += bytes(UInt32(outside + values.count))
                values += field.bytes + (field.bytes.count.isMultiple(of: 2) ? [] : [0])
            } else {
                entries += field.bytes + [UInt8](repeating: 0, count: 4 - field.bytes.count)
            }
        }
        return entries + [0, 0, 0, 0] + values
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}

extension CaptureNote {
    /// A JPEG with the note behind its first segment, where readers look for it.
    func added(toJPEG jpeg: [UInt8]) -> [UInt8] {
        let note = Array("Exif".utf8) + [0, 0] + exif
        let segment = [0xFF, 0xE1] + Self.bytes(UInt16(note.count + 2)) + note
        // JFIF's own segment comes first.
        let hasJFIF = jpeg.count > 6 && jpeg[2] == 0xFF && jpeg[3] == 0xE0
        let place = hasJFIF ? 4 + Int(jpeg[4]) << 8 + Int(jpeg[5]) : 2
        guard jpeg.count > place else { return jpeg }
        return jpeg[..<place] + segment + jpeg[place...]
    }

    /// A simple WebP as an extended one that holds the note.
    func added(toWebP webp: [UInt8], width: Int, height: Int) -> [UInt8] {
        guard webp.count > 20, webp[8..<15].elementsEqual("WEBPVP8".utf8), webp[15] != UInt8(ascii: "X") else {
            return webp
        }
        func little(_ number: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        let note = exif
        let canvas = Array("VP8X".utf8) + little(10, 4) + [8, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3)
        let tail = Array("EXIF".utf8) + little(note.count, 4) + note + (note.count.isMultiple(of: 2) ? [] : [0])
        let body = Array("WEBP".utf8) + canvas + webp[12...] + tail
        return Array("RIFF".utf8) + little(body.count, 4) + body
    }
}
