internal import MomentsCore

/// `signals.csv`: what each second of a video was worth to the choice, and by which signals.
public struct SignalTable: Sendable {
    private var table: CommaTable

    /// Makes a table without rows.
    ///
    /// - Parameter signals: The names of the signals.
    public init(signals: [String]) {
        table = CommaTable(columns: ["second", "time"] + signals + ["score", "scene_number", "shot_id"])
    }

    /// Adds a second.
    ///
    /// - Parameters:
    ///   - start: When it begins, in seconds.
    ///   - ranks: The rank of each signal, 0…1, to the thousandth in the file; nil leaves a field empty.
    ///   - score: What all of them make.
    ///   - scene: The number of its scene, from 1.
    ///   - shot: The shot that shows it.
    public mutating func add(start: Double, ranks: [Double?], score: Double, scene: Int, shot: String?) {
        table.add(
            ["\(start.thousandths)", ClockText.milliseconds(start)] + ranks.map { $0.map { "\($0.thousandths)" } ?? "" }
                + ["\(score.thousandths)", "\(scene)", shot ?? ""]
        )
    }

    /// The file.
    ///
    /// - Returns: `signals.csv`: RFC 4180, with a line of column names.
    public func file() -> ExportedFile { ExportedFile(kind: "signals", name: "signals.csv", data: table.data) }
}
