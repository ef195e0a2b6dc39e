internal import MomentsCore
internal import MomentsSystem

/// Reads the headers of files that may be a part of a recording, whatever container they are of.
enum PartReader {
    /// Reads a file's facts.
    ///
    /// - Returns: The facts; nil where the file is of no kind that is known here, or not all there.
    static func read(_ file: borrowing Descriptor, path: FilePath) throws(SystemError) -> PartFacts? {
        let size = try file.status(path).size
        let head = try file.read(400, at: 0, of: path)
        if IsoContainer.begins(with: head) { return try IsoFacts(file, path, size).facts() }
        if MatroskaContainer.begins(with: head) {
            return MatroskaFacts.read(try file.read(MatroskaFacts.looked, at: 0, of: path))
        }
        if RiffFacts.begins(with: head) { return RiffFacts.read(try file.read(RiffFacts.looked, at: 0, of: path)) }
        return try TransportFacts(head)?.facts(file, path, size)
    }
}
