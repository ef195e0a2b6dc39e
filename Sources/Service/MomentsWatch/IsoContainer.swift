internal import MomentsCore
internal import MomentsSystem

/// MP4, MOV and their kin: a row of boxes, each with its length (ISO/IEC 14496-12, 4.2).
enum IsoContainer {
    private struct Box {
        let kind: String
        let start: Int64
        /// Where the box says that it ends; may lie behind the end of the file.
        let end: Int64
        let header: Int64
        /// Whether it reaches as far as the file does, however far that will be.
        var isOpen = false

        init(kind: String, start: Int64, end: Int64, header: Int64, isOpen: Bool = false) {
            (self.kind, self.start, self.end, self.header, self.isOpen) = (kind, start, end, header, isOpen)
        }

        /// A box that tells its length; nil where no file could hold it.
        init?(_ kind: String, at start: Int64, length: Int64, header: Int64) {
            let (end, overflow) = start.addingReportingOverflow(length)
            guard !overflow else { return nil }
            self.init(kind: kind, start: start, end: end, header: header)
        }
    }

    static func begins(with head: [UInt8]) -> Bool {
        guard head.count >= 8, let kind = kind(head[4..<8]) else { return false }
        return ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot", "styp"].contains(kind)
    }

    static func examine(
        _ file: borrowing Descriptor,
        size: Int64,
        head: [UInt8],
        path: FilePath
    ) throws(SystemError) -> Completeness {
        let brand = head.count >= 12 ? kind(head[8..<12]) : nil
        // Photographs in the same container have no index of samples, and are complete without one.
        if kind(head[4..<8]) == "ftyp", let brand, stillBrands.contains(brand) { return .unknown }
        var index: Box?
        var data: [Box] = []
        var (isFragmented, isOpen) = (false, false)
        var place: Int64 = 0
        var seen = 0
        while place <= size - 8, seen < mostBoxes, let box = try read(file, at: place, size: size, path: path) {
            seen += 1
            switch box.kind {
            case "moov": index = index ?? box
            case "mdat":
                if box.end - box.start > box.header { data.append(box) }
                isOpen = isOpen || box.isOpen
            case "moof":
                isFragmented = true
                if box.end > size { data.append(box) }
            default: break
            }
            place = box.end
        }
        guard let index, index.end <= size else {
            return .incomplete(reason: "its index (moov) has not arrived", playable: false)
        }
        guard let furthest = data.map(\.end).max() else {
            return .incomplete(reason: "the index is there, but no picture data yet", playable: true)
        }
        // Behind a whole video anything may follow: a second file, an unfinished copy of one.
        if !isFragmented, let first = data.first, first.end <= size, index.end <= size, data.count > 1 {
            return ContainerProbe.missing(from: file, size: size, needed: max(index.end, first.end)) ?? .complete
        }
        return ContainerProbe.missing(from: file, size: size, needed: max(index.end, furthest))
            ?? (isFragmented || isOpen ? .completeSoFar : .complete)
    }

    /// Reads one box's header; nil where there is none, only junk.
    private static func read(
        _ file: borrowing Descriptor,
        at place: Int64,
        size: Int64,
        path: FilePath
    ) throws(SystemError) -> Box? {
        let header = try file.read(Int(min(16, size - place)), at: place, of: path)
        guard header.count >= 8, let kind = kind(header[4..<8]) else { return nil }
        let short = number(header[0..<4])
        switch short {
        case 0:
            // The last box may leave its length open.
            return kind == "mdat" ? Box(kind: kind, start: place, end: size, header: 8, isOpen: true) : nil
        case 1:
            guard header.count >= 16, header[8] < 0x40 else { return nil }
            let long = number(header[8..<16])
            return long >= 16 ? Box(kind, at: place, length: long, header: 16) : nil
        case 2..<8: return nil
        default: return Box(kind, at: place, length: short, header: 8)
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 { bytes.reduce(0) { $0 << 8 | Int64($1) } }

    /// The four letters of a box's kind; nil for bytes that are none.
    private static func kind(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.count == 4, bytes.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0xa9 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let stillBrands: Set<String> = ["heic", "heix", "mif1", "avif"]

    /// A day of one-second fragments has 172,800 boxes.
    private static let mostBoxes = 1_000_000
}
