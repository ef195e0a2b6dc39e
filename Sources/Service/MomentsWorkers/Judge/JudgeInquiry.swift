internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// A question as a worker wrote it, checked: the worker may be in the hands of whoever made the video.
struct JudgeInquiry {
    /// The question; its sheets are regular files of the folder.
    let question: JudgeQuestion
    /// The folder of question and sheets.
    let folder: FilePath

    /// The largest question, and sheet, in bytes.
    private static let largest = (question: 4 << 20, sheet: Int64(16 << 20))
    private static let mostSheets = 400

    /// Reads a question.
    ///
    /// - Parameters:
    ///   - path: Where it stands below the staging folder, in a folder there.
    ///   - staging: The job's staging folder.
    /// - Throws: `JudgeFailure` where it is none that a worker of ours asks.
    init(_ path: FilePath, staging: FilePath) throws(JudgeFailure) {
        let root = RootedDirectory(staging)
        guard path.components.count == 2, !path.isAbsolute, !path.components.contains(".."),
            let bytes = try? root.openRegular(path).read(Self.largest.question + 1, at: 0, of: path),
            bytes.count <= Self.largest.question,
            let question = try? MomentsJSON.decode(JudgeQuestion.self, from: Data(bytes))
        else { throw JudgeFailure("the question cannot be read") }
        folder = staging.appending(path.parent)
        guard question.schema == JudgeQuestion.schema, (1...JudgeQuestion.mostWindows).contains(question.windows.count),
            Set(question.windows.map(\.id)).count == question.windows.count,
            question.windows.allSatisfy({ $0.start >= 0 && $0.start < $0.end && $0.end < 1e9 }),
            question.sheets.count <= Self.mostSheets
        else { throw JudgeFailure("the question makes no sense") }
        for sheet in question.sheets {
            guard sheet.path.parent == folder,
                let status = try? root.status(path.parent.appending(sheet.path.name)),
                status.kind == .regular, status.size <= Self.largest.sheet
            else { throw JudgeFailure("a sheet is none of this job's") }
        }
        self.question = question
    }
}
