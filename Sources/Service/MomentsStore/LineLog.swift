internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// A file to which lines of JSON are added, and which is written anew when most of its lines no longer count.
///
/// What a power failure tears off is one line: the next one begins a line of its own. It belongs to one lock.
struct LineLog {
    private let file: FilePath
    /// Whether the file may end in the middle of a line.
    private var isTorn = true
    /// How many lines it has.
    private(set) var lines = 0
    /// Whether lines were added that may not be on the disk yet.
    private(set) var isUnsynced = false
    /// Whether its name is on the disk.
    private var isNamed = false

    /// The largest file that is read, in bytes.
    static let longest = 256 << 20

    /// Names the file; nothing is read yet.
    init(_ file: FilePath) { self.file = file }

    /// Reads every line that can be read, the oldest first; one of a larger file than is read is as if it were not there.
    mutating func read<Value: Decodable>(_ type: Value.Type) -> [Value] {
        guard let opened = try? Descriptor.openRegular(file), let size = try? opened.status(file).size
        else { return [] }
        isNamed = true
        // The newest count most.
        let start = max(0, size - Int64(Self.longest))
        guard let bytes = try? opened.read(Int(size - start), at: start, of: file) else { return [] }
        isTorn = !bytes.isEmpty && bytes.last != UInt8(ascii: "\n")
        let pieces = bytes.split(separator: UInt8(ascii: "\n"))
        lines = pieces.count
        return pieces.compactMap { try? MomentsJSON.decode(type, from: Data($0)) }
    }

    /// Adds a line.
    ///
    /// - Parameters:
    ///   - value: What it says.
    ///   - durable: Whether to wait for the disk.
    /// - Throws: `SystemError`; readers then find the lines before it.
    mutating func add(_ value: some Encodable, durable: Bool) throws(SystemError) {
        guard let line = try? MomentsJSON.line(value) else { return }
        let opened = try Descriptor.open(file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW)
        let wasTorn = isTorn
        // Whatever becomes of the writing, the next line does not rely on it.
        isTorn = true
        try opened.write((wasTorn && lines > 0 ? [UInt8(ascii: "\n")] : []) + [UInt8](line), to: file)
        isTorn = false
        lines += 1
        isUnsynced = true
        guard durable else { return }
        try opened.synchronize(file)
        isUnsynced = false
        if !isNamed { try Folder.synchronize(file.parent) }
        isNamed = true
    }

    /// Writes the file anew with these lines alone.
    mutating func replace(_ values: [some Encodable]) throws(SystemError) {
        var content: [UInt8] = []
        for value in values { if let line = try? MomentsJSON.line(value) { content += line } }
        try AtomicFile.replace(file, with: content)
        (lines, isTorn, isNamed, isUnsynced) = (values.count, false, true, false)
    }
}
