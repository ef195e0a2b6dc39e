internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// The entries of a gallery on disk: a hundred in each file, so that one more costs the same however many there are.
///
/// Each file is a script that hands its entries to the page, since a page opened from a share may read nothing else.
struct GalleryShelf {
    /// Entries in a file.
    static let size = 100
    /// The folder's name in the outbox.
    static let folderName: FilePath = ".gallery"

    private let folder: FilePath
    /// The entries of each file, oldest first; the last one is being filled.
    private(set) var boxes: [[GalleryEntry]] = []
    /// In which box each address stands.
    private var places: [String: Int] = [:]

    /// How many entries there are.
    var count: Int { places.count }

    /// Reads what is there; files that cannot be read count as empty.
    init(outbox: FilePath) {
        folder = outbox.appending(Self.folderName)
        let numbers = ((try? Folder.names(in: folder)) ?? []).compactMap { name -> Int? in
            guard name.hasSuffix(".js"), let number = Int(name.text.dropLast(3)), number >= 0, number < 1_000_000 else {
                return nil
            }
            return number
        }
        guard let last = numbers.max() else { return }
        boxes = (0...last).map(Self.read(in: folder))
        for (number, box) in boxes.enumerated() { for entry in box { places[entry.address] = number } }
    }

    private static func read(in folder: FilePath) -> (Int) -> [GalleryEntry] {
        { number in
            let path = folder.appending(fileName(number))
            guard let file = try? Descriptor.openRegular(path), let bytes = try? file.read(4 << 20, at: 0, of: path),
                let start = bytes.firstIndex(of: UInt8(ascii: "[")), let end = bytes.lastIndex(of: UInt8(ascii: "]"))
            else { return [] }
            return (try? MomentsJSON.decode([GalleryEntry].self, from: Data(bytes[start...end]))) ?? []
        }
    }

    /// The name of a file of entries.
    static func fileName(_ number: Int) -> String { "\(number).js" }

    /// The newest entries, newest first.
    func newest(_ limit: Int) -> [GalleryEntry] {
        var entries: [GalleryEntry] = []
        for box in boxes.reversed() where entries.count < limit { entries += box.reversed() }
        return Array(entries.prefix(limit))
    }

    /// Whether an entry stands there as it is.
    func contains(_ entry: GalleryEntry) -> Bool { places[entry.address].map { boxes[$0].contains(entry) } ?? false }

    /// Puts an entry in, in place of what had its address; writes one file, two where the other stood elsewhere.
    ///
    /// - Throws: `SystemError` when a file cannot be written.
    mutating func put(_ entry: GalleryEntry) throws(SystemError) {
        if let place = places[entry.address], place != boxes.count - 1 { try remove(entry.address) }
        if let place = places[entry.address] { boxes[place].removeAll { $0.address == entry.address } }
        if boxes.last.map({ $0.count >= Self.size }) ?? true { boxes.append([]) }
        boxes[boxes.count - 1].append(entry)
        places[entry.address] = boxes.count - 1
        try write(boxes.count - 1)
    }

    /// Takes an entry out; one that is not there is no error.
    ///
    /// - Throws: `SystemError` when its file cannot be written.
    mutating func remove(_ address: String) throws(SystemError) {
        guard let place = places.removeValue(forKey: address) else { return }
        boxes[place].removeAll { $0.address == address }
        try write(place)
    }

    /// Puts many entries into an empty shelf at once.
    ///
    /// - Throws: `SystemError` when a file cannot be written.
    mutating func fill(_ entries: [GalleryEntry]) throws(SystemError) {
        precondition(boxes.isEmpty, "only an empty shelf is filled")
        for start in stride(from: 0, to: entries.count, by: Self.size) {
            boxes.append(Array(entries[start..<min(start + Self.size, entries.count)]))
            for entry in boxes[boxes.count - 1] { places[entry.address] = boxes.count - 1 }
            try write(boxes.count - 1)
        }
    }

    private func write(_ number: Int) throws(SystemError) {
        let list = (try? MomentsJSON.line(boxes[number])) ?? Data("[]".utf8)
        try Folder.make(folder, mode: 0o755)
        let content = Data("momentsGallery(\(number),".utf8) + list.dropLast() + Data(");\n".utf8)
        // What a power failure takes is found again from the results themselves.
        try AtomicFile.replace(folder.appending(Self.fileName(number)), with: content, durable: false)
    }
}
