internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// The entries of a gallery: a hundred in each box, so that one more costs the same however many there are.
///
/// Each box is a file with a script that hands its entries to the page, since a page opened from a share may read
/// nothing else.
struct GalleryShelf {
    /// Entries in a box.
    static let size = 100

    /// The entries of each box by its number, oldest first; that of the highest number is being filled.
    private var boxes: [Int: [GalleryEntry]] = [:]
    /// In which box each address stands.
    private var places: [String: Int] = [:]
    /// The boxes whose files are not as they should be.
    private var unwritten: Set<Int> = []

    /// Makes an empty shelf.
    init() {}

    /// Reads what is there; files that cannot be read count as empty.
    ///
    /// - Parameter folder: The folder of the boxes.
    init(folder: FilePath) {
        for name in (try? Folder.names(in: folder)) ?? [] {
            guard name.hasSuffix(".js"), let number = Int(name.text.dropLast(3)), (0..<1_000_000).contains(number)
            else { continue }
            boxes[number] = Self.read(folder.appending(name)).filter {
                places.updateValue(number, forKey: $0.address) == nil
            }
        }
    }

    private static func read(_ path: FilePath) -> [GalleryEntry] {
        guard let file = try? Descriptor.openRegular(path), let bytes = try? file.read(4 << 20, at: 0, of: path),
            let start = bytes.firstIndex(of: UInt8(ascii: "[")), let end = bytes.lastIndex(of: UInt8(ascii: "]")),
            start < end, let entries = try? MomentsJSON.decode([GalleryEntry].self, from: Data(bytes[start...end]))
        else { return [] }
        return entries.filter(\.isPossible)
    }

    /// How many entries there are.
    var count: Int { places.count }

    /// The address of every entry.
    var addresses: some Collection<String> { places.keys }

    /// Every entry, the oldest first.
    var all: [GalleryEntry] { numbers.flatMap { boxes[$0] ?? [] } }

    /// The boxes that are not empty, in the order they were filled, and what tells each state of one from another.
    var contents: [(number: Int, state: String)] {
        numbers.compactMap { number in
            guard let box = boxes[number], let last = box.last else { return nil }
            return (number, "\(box.count)-\(last.time)")
        }
    }

    /// Whether there are far more boxes than the entries need.
    var isSparse: Bool { boxes.count > 2 * (count / Self.size + 2) }

    private var numbers: [Int] { boxes.keys.sorted() }

    /// The newest entries, newest first.
    func newest(_ limit: Int) -> [GalleryEntry] {
        var entries: [GalleryEntry] = []
        for number in numbers.reversed() where entries.count < limit { entries += (boxes[number] ?? []).reversed() }
        return Array(entries.prefix(limit))
    }

    /// Whether there is an entry of that address.
    func has(_ address: String) -> Bool { places[address] != nil }

    /// Whether an entry stands there as it is.
    func contains(_ entry: GalleryEntry) -> Bool {
        places[entry.address].flatMap { boxes[$0] }?.contains(entry) ?? false
    }

    /// Puts an entry in as the newest, in place of what had its address; touches two boxes at most.
    mutating func put(_ entry: GalleryEntry) {
        remove(entry.address)
        var last = boxes.keys.max() ?? 0
        if let box = boxes[last], box.count >= Self.size { last += 1 }
        boxes[last, default: []].append(entry)
        places[entry.address] = last
        unwritten.insert(last)
    }

    /// Takes an entry out; one that is not there is no error.
    mutating func remove(_ address: String) {
        guard let place = places.removeValue(forKey: address) else { return }
        boxes[place]?.removeAll { $0.address == address }
        unwritten.insert(place)
    }

    /// Puts everything in anew.
    ///
    /// - Parameter entries: All of them, the oldest first.
    mutating func refill(_ entries: [GalleryEntry]) {
        unwritten.formUnion(boxes.keys)
        boxes = [:]
        places = [:]
        for entry in entries { put(entry) }
    }

    /// Brings the files up to date.
    ///
    /// - Parameter folder: The folder of the boxes.
    /// - Throws: `SystemError` when a file cannot be written or removed; what is missing is written the next time.
    mutating func write(in folder: FilePath) throws(SystemError) {
        for number in unwritten.sorted() {
            let path = folder.appending("\(number).js")
            let box = boxes[number] ?? []
            if box.isEmpty {
                try Folder.removeFile(path)
                boxes[number] = nil
            } else {
                let list = (try? MomentsJSON.line(box)) ?? Data("[]".utf8)
                let content = Data("momentsGallery(\(number),".utf8) + list.dropLast() + Data(");\n".utf8)
                // What a power failure takes is found again from the results themselves.
                try AtomicFile.replace(path, with: content, durable: false)
            }
            unwritten.remove(number)
        }
    }
}
