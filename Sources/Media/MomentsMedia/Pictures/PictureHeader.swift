/// What a picture's first bytes say of it, read without decoding anything.
public struct PictureHeader: Hashable, Sendable {
    /// The formats that are taken.
    public enum Kind: String, CaseIterable, Sendable {
        case jpeg = "JPEG"
        case png = "PNG"
        case webp = "WebP"
        /// Pictures of phones: HEIC, AVIF.
        case heif = "HEIF"
    }

    /// The format, by content.
    public let kind: Kind
    /// Width in pixels, as coded.
    public let width: Int
    /// Height in pixels, as coded.
    public let height: Int
    /// The bytes a decoded pixel takes.
    public let pixelBytes: Int

    /// Reads a header; nil where it is no picture of a known kind, or its size does not stand there.
    ///
    /// - Parameter bytes: The file's content, or its beginning: of a JPEG all up to its frame header.
    public init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard bytes.count >= 26, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
            // Grey, colours, a palette, grey and opacity, colours and opacity: each of one byte or two.
            let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][bytes[25]] ?? 4
            self.init(.png, Self.big(bytes, 16, 4), Self.big(bytes, 20, 4), bytes[24] > 8 ? 2 * channels : channels)
        } else if bytes.starts(with: "RIFF".utf8), bytes.count >= 30, bytes[8..<12].elementsEqual("WEBP".utf8) {
            self.init(webp: bytes)
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self.init(jpeg: bytes)
        } else if HEIFPicture.isOne(bytes), let size = try? HEIFPicture(bytes).size {
            self.init(.heif, size.width, size.height)
        } else {
            return nil
        }
    }

    private init?(_ kind: Kind, _ width: Int, _ height: Int, _ pixelBytes: Int = 4) {
        guard width > 0, height > 0 else { return nil }
        (self.kind, self.width, self.height, self.pixelBytes) = (kind, width, height, pixelBytes)
    }

    private init?(webp bytes: [UInt8]) {
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ": self.init(.webp, Self.little(bytes, 26, 2) & 0x3FFF, Self.little(bytes, 28, 2) & 0x3FFF)
        case "VP8L":
            let bits = Self.little(bytes, 21, 4)
            self.init(.webp, bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        case "VP8X": self.init(.webp, Self.little(bytes, 24, 3) + 1, Self.little(bytes, 27, 3) + 1)
        default: return nil
        }
    }

    /// The largest frame header of a JPEG counts: a second one must not make it another picture.
    private init?(jpeg bytes: [UInt8]) {
        var place = 2
        var (width, height) = (0, 0)
        while place + 9 < bytes.count {
            guard bytes[place] == 0xFF else { break }
            let marker = bytes[place + 1]
            if marker == 0xFF {
                place += 1
                continue
            }
            // Marks without content.
            if marker == 0x01 || (0xD0...0xD8).contains(marker) {
                place += 2
                continue
            }
            if marker == 0xDA || marker == 0xD9 { break }
            let length = Self.big(bytes, place + 2, 2)
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                height = max(height, Self.big(bytes, place + 5, 2))
                width = max(width, Self.big(bytes, place + 7, 2))
            }
            place += 2 + length
        }
        self.init(.jpeg, width, height)
    }

    private static func big(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        bytes[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
