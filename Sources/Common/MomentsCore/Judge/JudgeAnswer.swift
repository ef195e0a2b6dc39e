public import FoundationEssentials

/// What a judge said, checked against what it was asked.
public struct JudgeAnswer: Hashable, Sendable {
    /// The most bytes an answer may have.
    public static let largest = 1 << 20
    /// Characters of a reason that are kept.
    private static let longestReason = 200

    /// What it thinks of each window, in the question's order.
    public let verdicts: [Verdict]
    /// What it cost, in whatever the judge counts; 0 where it said nothing.
    public let cost: Double

    private struct Said: Decodable {
        struct Score: Decodable {
            let id: Int
            let score: Double
            let reason: String?
        }
        let scores: [Score]
        let cost: Double?
    }

    /// Reads an answer, which must give each window that was asked about one score from 0 to 10.
    ///
    /// - Parameters:
    ///   - bytes: What the judge wrote.
    ///   - question: What it was asked.
    /// - Throws: `JudgeFailure` with what is wrong.
    public init(_ bytes: Data, to question: JudgeQuestion) throws(JudgeFailure) {
        guard bytes.count <= Self.largest else { throw JudgeFailure("it wrote more than \(Self.largest >> 10) KiB") }
        guard !bytes.isEmpty else { throw JudgeFailure("it answered nothing") }
        let said: Said
        do { said = try MomentsJSON.decode(Said.self, from: bytes) } catch {
            throw JudgeFailure("its answer is not the JSON asked for ({\"scores\": [{\"id\", \"score\"}, …]})")
        }
        var scores: [Int: Said.Score] = [:]
        for score in said.scores {
            guard scores.updateValue(score, forKey: score.id) == nil else {
                throw JudgeFailure("it gave window \(score.id) two scores")
            }
            guard (0...10).contains(score.score) else {
                throw JudgeFailure("the score of window \(score.id) is not from 0 to 10")
            }
        }
        var verdicts: [Verdict] = []
        for window in question.windows {
            guard let score = scores.removeValue(forKey: window.id) else {
                throw JudgeFailure("it gave window \(window.id) no score")
            }
            let reason = score.reason.map { Escaping.line(String($0.prefix(Self.longestReason))) }
            verdicts.append(
                Verdict(
                    start: window.start,
                    end: window.end,
                    score: score.score,
                    reason: reason?.isEmpty == true ? nil : reason
                )
            )
        }
        if let foreign = scores.keys.min() {
            throw JudgeFailure("it scored window \(foreign), which nobody asked about")
        }
        let cost = said.cost ?? 0
        guard (0...JobEvent.mostCost).contains(cost) else { throw JudgeFailure("its cost is no number from 0 on") }
        (self.verdicts, self.cost) = (verdicts, cost)
    }
}
