internal import MomentsBench
internal import MomentsCore

/// The figures of judged clips for people: a line a clip, and what they come to.
struct JudgedTable: Encodable {
    /// Clips that are taken together.
    private struct Part {
        let name: String
        let rows: [JudgedRow]
    }

    /// The clips, as far as they are done.
    var rows: [JudgedRow] = []

    private enum CodingKeys: String, CodingKey { case summary }

    private var parts: [Part] {
        let groups = Set(rows.map(\.group)).sorted()
        return [Part(name: "all", rows: rows), Part(name: "sure", rows: rows.filter(\.isSure))]
            + groups.map { group in Part(name: group, rows: rows.filter { $0.group == group }) }
    }

    /// Writes the means: for all, the sure ones and each kind, those of each chooser.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let summaries = parts.map { part in
            let own = JudgedChooser.allCases.compactMap { chooser in
                Self.summary(chooser, part.rows).map { (chooser.rawValue, $0) }
            }
            return (part.name, Dictionary(uniqueKeysWithValues: own))
        }
        // A kind may be called "all" or "sure" as well: the first one stands.
        try values.encode(Dictionary(summaries) { first, _ in first }, forKey: .summary)
    }

    private static func summary(_ chooser: JudgedChooser, _ rows: [JudgedRow]) -> JudgedSummary? {
        let results = rows.compactMap { $0.results[chooser] }
        return results.isEmpty ? nil : JudgedSummary(of: results)
    }

    // MARK: - a line a clip

    /// The names of the columns of `line`.
    static var head: String {
        let columns = JudgedChooser.allCases.flatMap { $0 == .uniform ? ["uniform", "random", "p95"] : [$0.column] }
        return row(
            ["clip, recall of best", "sure", "target"] + columns + ["length", "beats", "hard", "cuts"],
            widths: [32, 6, 8]
        )
    }

    /// A clip's line: what each chooser reached, and how momentsd's first reel is.
    static func line(_ row: JudgedRow) -> String {
        let shares = JudgedChooser.allCases.flatMap { chooser -> [String] in
            let result = row.results[chooser]
            let own = cell(result?.score.recallOfBest)
            guard chooser == .uniform else { return [own] }
            return [own, cell(result?.random?.mean.recallOfBest), cell(result?.random?.high)]
        }
        let reel = row.results[.auto] ?? row.results[.full]
        let edges = reel.map { "\(Int($0.score.cutInMiddle))" } ?? "–"
        return Self.row(
            [row.clip.display, row.confidence, Words.fixed(row.target, 1)] + shares
                + [cell(reel?.length), percent(reel?.random?.rank), percent(reel?.score.avoidHard), edges],
            widths: [32, 6, 8]
        )
    }

    // MARK: - what they come to

    /// The summary: the share of the best by kind of clip, then the other figures for all clips and for the sure ones.
    var summary: [String] {
        let parts = parts
        let widths = [24] + parts.map { max(8, $0.name.count + 2) }
        var lines = ["", Self.row(["recall of best"] + parts.map(\.name), widths: widths)]
        lines.append(Self.row(["clips"] + parts.map { "\($0.rows.count)" }, widths: widths))
        for (title, share) in Self.shares {
            let cells = parts.map { share($0.rows) }
            if cells.contains(where: { $0 != nil }) {
                lines.append(Self.row([title] + cells.map { Self.cell($0) }, widths: widths))
            }
        }
        for part in parts.prefix(2) where !part.rows.isEmpty { lines += Self.figures(part) }
        for part in parts.prefix(2) where !part.rows.isEmpty { lines += Self.posters(part) }
        return lines
    }

    /// The rows of the summary; reels drawn at random are as long as was asked for.
    private static var shares: [(String, ([JudgedRow]) -> Double?)] {
        JudgedChooser.allCases.flatMap { chooser -> [(String, ([JudgedRow]) -> Double?)] in
            let own = (chooser.title, { (rows: [JudgedRow]) in summary(chooser, rows)?.recallOfBest })
            guard chooser == .uniform else { return [own] }
            return [
                own, ("random", { summary(.uniform, $0)?.random }),
                ("random, 95th percentile", { summary(.uniform, $0)?.randomHigh }),
            ]
        }
    }

    private static func figures(_ part: Part) -> [String] {
        let widths = [24, 8, 9, 8, 11, 8, 8, 11, 8, 8]
        let head = [
            "clips: \(part.name)", "clips", "length", "beats", "> uniform", "avoid", "hard", "in events", "cuts",
            "flashes",
        ]
        return ["", row(head, widths: widths)]
            + JudgedChooser.allCases.compactMap { chooser in
                guard let figures = summary(chooser, part.rows) else { return nil }
                let better = "\(figures.betterThanUniform) of \(figures.comparedWithUniform)"
                return row(
                    [
                        chooser.title, "\(figures.clips)", cell(figures.length), percent(figures.rank),
                        chooser == .uniform ? "–" : better, percent(figures.avoid), percent(figures.avoidHard),
                        percent(figures.inEvents), cell(figures.cutInMiddle), cell(figures.slivers),
                    ],
                    widths: widths
                )
            }
    }

    /// Where posters lie; no line where nobody said what would be a good one.
    private static func posters(_ part: Part) -> [String] {
        let widths = [24, 8, 8, 8, 8, 16, 16]
        let lines = JudgedChooser.allCases.compactMap { chooser -> String? in
            guard let posters = summary(chooser, part.rows)?.posters else { return nil }
            return row(
                [
                    chooser.title, "\(posters.clips)", percent(posters.good), percent(posters.nearer),
                    percent(posters.bad), percent(posters.goodByChance), percent(posters.badByChance),
                ],
                widths: widths
            )
        }
        guard !lines.isEmpty else { return [] }
        let head = ["posters: \(part.name)", "clips", "good", "nearer", "bad", "good by chance", "bad by chance"]
        return ["", row(head, widths: widths)] + lines
    }

    private static func cell(_ value: Double?) -> String { value.map { Words.fixed($0, 2) } ?? "–" }

    private static func percent(_ value: Double?) -> String { value.map { Words.fixed($0 * 100, 0) + " %" } ?? "–" }

    /// A line of columns; those beyond the widths given are eight characters wide.
    private static func row(_ cells: [String], widths: [Int]) -> String {
        let line = cells.enumerated().map { Words.column($1, $0 < widths.count ? widths[$0] : 8) }.joined()
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}
