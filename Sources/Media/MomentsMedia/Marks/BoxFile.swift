internal import MomentsCore
internal import MomentsSystem

/// The boxes of an MP4 or MOV file, read as far as they are asked for (ISO/IEC 14496-12, 4.2).
///
/// Nothing it says is believed: lengths are checked, and there is an end to boxes and bytes.
struct BoxFile: ~Copyable {
    /// A box and where its content lies.
    struct Box {
        /// Its kind, four bytes.
        let kind: [UInt8]
        let content: Range<Int64>

        func isOf(_ kind: String) -> Bool { self.kind.elementsEqual(kind.utf8) }
    }

    private let file: Descriptor
    private let path: FilePath
    private let size: Int64

    /// Opens a file.
    init(_ path: FilePath) throws(SystemError) {
        let file = try Descriptor.openRegular(path)
        let size = try file.status(path).size
        self.init(file, path, size)
    }

    private init(_ file: consuming Descriptor, _ path: FilePath, _ size: Int64) {
        self.file = file
        self.path = path
        self.size = size
    }

    /// The boxes of the file itself.
    func boxes() throws(SystemError) -> [Box] { try boxes(in: 0..<max(0, size)) }

    /// The boxes in a part of the file, up to the first that does not fit into it.
    func boxes(in range: Range<Int64>) throws(SystemError) -> [Box] {
        var boxes: [Box] = []
        var place = range.lowerBound
        while range.upperBound - place >= 8, boxes.count < Self.mostBoxes {
            let head = try file.read(Int(min(16, range.upperBound - place)), at: place, of: path)
            guard head.count >= 8 else { break }
            var (length, header) = (Self.number(head[0..<4]), Int64(8))
            switch length {
            case 0: length = range.upperBound - place
            case 1:
                // A length beyond 62 bits is none; then no sum of two overflows.
                guard head.count == 16, head[8] < 0x40 else { return boxes }
                (length, header) = (Self.number(head[8..<16]), 16)
            default: break
            }
            guard length >= header, length <= range.upperBound - place else { break }
            boxes.append(Box(kind: Array(head[4..<8]), content: place + header..<place + length))
            place += length
        }
        return boxes
    }

    /// The first of the boxes of a kind within a box, and so on inwards; nil where one is missing.
    func find(_ kinds: String...) throws(SystemError) -> Box? {
        var (found, range): (Box?, Range<Int64>) = (nil, 0..<max(0, size))
        for kind in kinds {
            guard let next = try boxes(in: range).first(where: { $0.isOf(kind) }) else { return nil }
            (found, range) = (next, next.content)
        }
        return found
    }

    /// What a box holds, as far as a few bytes more than anybody writes there.
    func content(of box: Box) throws(SystemError) -> [UInt8] {
        let length = min(Int64(Self.mostBytes), box.content.upperBound - box.content.lowerBound)
        return try file.read(Int(length), at: box.content.lowerBound, of: path)
    }

    /// A number of up to seven bytes, the most significant first.
    static func number(_ bytes: ArraySlice<UInt8>) -> Int64 { bytes.reduce(0) { $0 << 8 | Int64($1) } }

    /// A day of one-second fragments has 172,800 boxes, behind what is looked for here.
    private static let mostBoxes = 20_000
    private static let mostBytes = 4 << 20
}
