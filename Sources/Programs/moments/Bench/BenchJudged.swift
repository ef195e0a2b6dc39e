internal import FoundationEssentials
internal import MomentsBench
internal import MomentsCore

/// `moments bench --judged`: how much of what a person would choose is in the reels.
enum BenchJudged {
    /// Does the jobs on every clip, a line each as they come, and the means at the end.
    ///
    /// A clip that cannot be done is complained of and left out.
    ///
    /// - Parameters:
    ///   - folder: The clips and what was judged of them.
    ///   - pattern: The names wanted; nil for all.
    ///   - choice: What is wanted.
    ///   - interruption: Stops it.
    /// - Returns: 0 when every clip was done, else 1.
    /// - Throws: `Failure` where the folder holds no clip, or after an interruption.
    static func run(
        _ folder: FilePath,
        only pattern: FilePath?,
        _ choice: BenchChoice,
        _ interruption: Interruption
    ) throws(Failure) -> Int32 {
        let folder = try JudgedFolder(folder, only: pattern)
        for sentence in folder.missing { Output.complain(sentence) }
        var left = folder.missing.count
        var table = JudgedTable()
        if !choice.asJSON { Output.line(JudgedTable.head) }
        for clip in folder.clips {
            do {
                let row = try JudgedRow(clip, choice, interruption)
                table.rows.append(row)
                if choice.asJSON { try write(row) } else { Output.line(JudgedTable.line(row)) }
                for (chooser, result) in row.results {
                    guard let warning = result.warning else { continue }
                    Output.complain("'\(clip.name.display)', \(chooser.title): \(warning)")
                }
            } catch {
                if interruption.happened { throw error }
                Output.complain("'\(clip.name.display)' is left out: \(Escaping.line(error.reason))")
                left += 1
            }
        }
        guard !table.rows.isEmpty else { return Failure.Code.failed.rawValue }
        if choice.asJSON { try write(table) } else { for line in table.summary { Output.line(line) } }
        return left == 0 ? 0 : Failure.Code.failed.rawValue
    }

    private static func write(_ value: some Encodable) throws(Failure) {
        do { Output.bytes(try MomentsJSON.line(value)) } catch { throw Failure("\(error)") }
    }
}
