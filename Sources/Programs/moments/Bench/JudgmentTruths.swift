internal import MomentsBench
internal import MomentsCore
internal import MomentsSystem

/// What people's own edits say of videos in a folder: exported judgments as truths.
struct JudgmentTruths {
    /// The videos with their names and what is known of them, by name.
    private(set) var truths: [(name: FilePath, video: FilePath, truth: JudgedTruth)] = []
    /// What is judged of, but not there: a sentence each.
    private(set) var missing: [String] = []

    /// Reads every export in a folder.
    ///
    /// - Parameter folder: The folder of exports and videos; absolute, without links.
    /// - Throws: `Failure` for an export that cannot be understood, `SystemError` where the folder cannot be read.
    init(_ folder: FilePath) throws {
        for file in try Folder.names(in: folder).sorted() where file.hasSuffix(".jsonl") {
            let all = try JudgmentFile(folder.appending(file)).judgments
            let edits = TasteFit.counted(all).filter { $0.kind == .edit }
            let named = Dictionary(grouping: edits.filter { $0.name != nil }) { $0.name ?? "" }
            if named.isEmpty { missing.append("'\(file.display)' is left out: no edit in it names its video") }
            for (name, judgments) in named.sorted(by: { $0.key < $1.key }) {
                let places = [folder.appending(name), folder.appending(name.name)]
                guard let video = places.lazy.compactMap({ try? Folder.resolved($0) }).first else {
                    missing.append("'\(name.display)' is left out: it is not in '\(folder.display)'")
                    continue
                }
                truths.append((name.name.stem, video, JudgedTruth(judgments, of: name)))
            }
        }
    }
}
