internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// A file of exported judgments: JSON lines.
struct JudgmentFile {
    /// What stands in it, the oldest first.
    let judgments: [Judgment]

    /// The largest file that is read, in bytes.
    private static let largest = 64 << 20

    /// Reads a file.
    ///
    /// - Throws: `Failure` for one that is too large, or that names the first line which is no judgment.
    init(_ file: FilePath) throws(Failure) {
        let bytes: [UInt8]
        do { bytes = try Descriptor.openRegular(Folder.absolute(file)).read(Self.largest + 1, at: 0, of: file) } catch {
            throw Failure("\(error)")
        }
        guard bytes.count <= Self.largest else {
            throw Failure(
                "'\(file.display)' is larger than 64 MiB, more than is taken at once, and nothing of it was taken; split it "
                    + "between lines (split -C 60M) and import each part"
            )
        }
        var judgments: [Judgment] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() where !line.isEmpty {
            guard line.count <= Judgment.longest,
                let judgment = try? MomentsJSON.decode(Judgment.self, from: Data(line))
            else {
                throw Failure("'\(file.display)' is no export of moments taste: line \(number + 1) is no judgment")
            }
            judgments.append(judgment)
        }
        self.judgments = judgments.sorted { $0.at < $1.at }
    }
}
