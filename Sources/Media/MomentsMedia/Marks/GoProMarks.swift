internal import MomentsCore
internal import MomentsSystem

/// HiLights of GoPro cameras, in a file's user data: a list of milliseconds (`HMMT`), and of newer cameras a tree of values
/// (`GPMF`) in which those set by hand are called MANL.
enum GoProMarks {
    /// Reads them; seconds from the file's beginning, in the file's order.
    static func seconds(in file: borrowing BoxFile) throws(SystemError) -> [Double] {
        guard let data = try file.find("moov", "udta") else { return [] }
        var milliseconds: [Int64] = []
        let boxes = try file.boxes(in: data.content)
        if let box = boxes.first(where: { $0.isOf("HMMT") }) { milliseconds += list(try file.content(of: box)) }
        if let box = boxes.first(where: { $0.isOf("GPMF") }) {
            milliseconds += tree(try file.content(of: box)[...], depth: 0)
        }
        // Unused places of the list are 0.
        return milliseconds.prefix(most).filter { $0 > 0 }.map { Double($0) / 1000 }
    }

    /// More than anybody presses.
    private static let most = 4096

    /// A count, then as many numbers of 32 bits.
    private static func list(_ bytes: [UInt8]) -> [Int64] {
        guard bytes.count >= 4 else { return [] }
        let count = min(Int(BoxFile.number(bytes[0..<4])), (bytes.count - 4) / 4, most)
        return (0..<count).map { BoxFile.number(bytes[4 + 4 * $0..<8 + 4 * $0]) }
    }

    /// A row of keys, each with the type, size and number of its values, padded to 32 bits; type 0 holds such a row.
    private static func tree(_ bytes: ArraySlice<UInt8>, depth: Int) -> [Int64] {
        var (found, place): ([Int64], Int) = ([], bytes.startIndex)
        while bytes.endIndex - place >= 8, found.count < most {
            let (size, count) = (Int(bytes[place + 5]), Int(BoxFile.number(bytes[place + 6..<place + 8])))
            let content = place + 8..<place + 8 + size * count
            guard content.upperBound <= bytes.endIndex else { break }
            if bytes[place + 4] == 0 {
                if depth < deepest { found += tree(bytes[content], depth: depth + 1) }
            } else if bytes[place..<place + 4].elementsEqual("HLMT".utf8) {
                for number in 0..<count {
                    let start = content.lowerBound + size * number
                    if let time = time(of: bytes[start..<start + size]) { found.append(time) }
                }
            }
            place += 8 + (size * count + 3) / 4 * 4
        }
        return found
    }

    private static let deepest = 6

    /// The time of a HiLight: four values of 32 bits before the word that says who set it.
    private static func time(of entry: ArraySlice<UInt8>) -> Int64? {
        for place in stride(from: entry.startIndex + 16, through: entry.endIndex - 4, by: 4)
        where entry[place..<place + 4].elementsEqual("MANL".utf8) {
            return BoxFile.number(entry[place - 16..<place - 12])
        }
        return nil
    }
}
