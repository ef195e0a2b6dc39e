import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("asking a judge, and heeding it")
struct JudgeTests {
    private func seconds(_ windows: [JudgeQuestion.Window]) -> Double {
        windows.reduce(0) { $0 + $1.end - $1.start }
    }

    @Test("all of a short video is asked about, in windows of two seconds that end at its cuts; not what is black")
    func windows() {
        var story = SelectorTests.lively
        story.black = [0..<20]
        let windows = JudgeWindows(story.signals, target: 30)
        let first = windows.first
        #expect(first.map(\.id) == Array(first[0].id..<first[0].id + first.count))
        #expect(first[0].start >= 18 && first.last?.end == 240)
        #expect(zip(first, first.dropFirst()).allSatisfy { abs($0.end - $1.start) < 0.002 })
        #expect(first.allSatisfy { (1.2...3).contains($0.end - $0.start) && !$0.reasons.isEmpty })
        for cut in story.cuts where cut > 20 { #expect(first.contains { abs($0.start - cut) < 0.05 }) }
        #expect(windows.next(after: first.map { Verdict(start: $0.start, end: $0.end, score: 5) }).isEmpty)
    }

    @Test("of a long video a part is asked about all over it, and then what lies around the best")
    func rounds() {
        let windows = JudgeWindows(Story(seconds: 1200).signals, target: 30)
        let first = windows.first
        #expect(seconds(first) < 0.45 * 1200)
        for start in stride(from: 0.0, to: 1190, by: 10) {
            #expect(first.contains { $0.start < start + 10 && $0.end > start })
        }
        let verdicts = first.map {
            Verdict(start: $0.start, end: $0.end, score: (600..<640).contains($0.start) ? 9 : 2)
        }
        let next = windows.next(after: verdicts)
        #expect(Set(next.map(\.id)).isDisjoint(with: first.map(\.id)))
        let inside = next.filter { $0.end > 597 && $0.start < 643 }
        #expect(seconds(inside) > 15)
        #expect(seconds(next) <= 3 * 30 + 3)
    }

    @Test("of eight minutes about a third is asked about in both rounds together")
    func third() {
        let windows = JudgeWindows(Story(seconds: 480).signals, target: 48)
        let first = windows.first
        let verdicts = first.enumerated().map { Verdict(start: $1.start, end: $1.end, score: Double($0 % 10)) }
        let asked = seconds(first) + seconds(windows.next(after: verdicts))
        #expect((0.3...0.36).contains(asked / 480), "\(asked)")
    }

    @Test("a short peak of the judge's scores is worth more than any part of a long stretch as good")
    func peaks() {
        let (peaks, plateau) = ([20.0..<24, 90.0..<94], 44.0..<74)
        let verdicts = stride(from: 0.0, to: 120, by: 2).map { start in
            let isGood = plateau.contains(start) || peaks.contains { $0.contains(start) }
            return Verdict(start: start, end: start + 2, score: isGood ? 8 : 2)
        }
        let options = JobOptions(targetDuration: 8)
        let reel = Selector.select(Story(seconds: 120).signals, options: options, verdicts: verdicts)
        let shown = peaks.map { peak in
            reel.shots.reduce(0) { sum, shot in
                let (from, to) = (shot.range.start.seconds, shot.range.end.seconds)
                return sum + max(0, min(to, peak.upperBound) - max(from, peak.lowerBound))
            }
        }
        #expect(shown.reduce(0, +) > 4.5 && shown.allSatisfy { $0 > 1.5 }, "\(reel.shots)")
    }

    @Test("what the judge wants is in the reel, with its words; whole moments, not windows")
    func heeded() {
        let story = Story(seconds: 120)
        let wanted = [20.0..<26, 70..<76]
        let verdicts = stride(from: 0.0, to: 120, by: 2).map { start in
            let isWanted = wanted.contains { $0.contains(start) }
            return Verdict(start: start, end: start + 2, score: isWanted ? 9 : 1, reason: isWanted ? "the friend" : nil)
        }
        let options = JobOptions(targetDuration: 12)
        let plain = Selector.select(story.signals, options: options)
        let judged = Selector.select(story.signals, options: options, verdicts: verdicts)
        func share(_ selection: Selection) -> Double {
            selection.shots.reduce(0) { sum, shot in
                sum
                    + wanted.reduce(0) {
                        $0
                            + max(
                                0,
                                min(shot.range.end.seconds, $1.upperBound)
                                    - max(shot.range.start.seconds, $1.lowerBound)
                            )
                    }
            } / selection.duration
        }
        #expect(share(judged) > 0.8)
        #expect(share(plain) < 0.5)
        #expect(judged.shots.contains { $0.reasons.first == "the judge gave it 9.0 of 10: the friend" })
        #expect(judged.noting("Twice.").note == [judged.note, "Twice."].compactMap(\.self).joined(separator: " "))
    }

    @Test("one that finds everything alike changes nothing")
    func indifferent() {
        let signals = SelectorTests.lively.signals
        let verdicts = stride(from: 0.0, to: 240, by: 2).map { Verdict(start: $0, end: $0 + 2, score: 5) }
        let options = JobOptions(targetDuration: 30)
        #expect(
            Selector.select(signals, options: options, verdicts: verdicts) == Selector.select(signals, options: options)
        )
    }
}
