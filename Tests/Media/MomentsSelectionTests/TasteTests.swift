import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("tastes")
struct TasteTests {
    /// Loud moments, and moments of motion, in turn.
    private let story = Story(
        seconds: 300,
        motion: stride(from: 20.0, to: 300, by: 60).map { ($0..<$0 + 6, Float(20)) },
        loud: stride(from: 50.0, to: 300, by: 60).map { ($0..<$0 + 6, Float(-20)) }
    )

    private func select(_ taste: Taste, noticed: Noticed = .none, target: Double = 20) -> Selection {
        Selector.select(
            story.signals,
            options: JobOptions(targetDuration: target),
            taste: taste,
            noticed: noticed
        )
    }

    /// Seconds of a reel in which things move.
    private func moving(_ selection: Selection) -> Double { shown(story.motion.map(\.0), selection) }
    private func sounding(_ selection: Selection) -> Double { shown(story.loud.map(\.0), selection) }

    private func shown(_ stretches: [Range<Double>], _ selection: Selection) -> Double {
        selection.shots.reduce(0) { sum, shot in
            sum
                + stretches.reduce(0) {
                    let from = max(shot.range.start.seconds, $1.lowerBound)
                    return $0 + max(0, min(shot.range.end.seconds, $1.upperBound) - from)
                }
        }
    }

    @Test("none changes nothing at all, and neither does one that only repeats what counts anyway")
    func none() {
        let plain = Selector.select(story.signals, options: JobOptions(targetDuration: 20))
        #expect(select(.none) == plain)
        let same = Dictionary(uniqueKeysWithValues: TasteSignal.allCases.map { ($0.rawValue, $0.shipped) })
        #expect(select(Taste(edits: 9, weights: same)) == plain)
        #expect(select(.none, noticed: Noticed([.faces: [Float](repeating: 1, count: 1500)])) == plain)
    }

    @Test("those who like motion see more of it, those who like what is loud more of that, those who like calm neither")
    func leans() {
        let motion = select(Taste(edits: 9, weights: ["motion": 4, "change": 4, "loudness": 0.25, "swell": 0.1]))
        let loud = select(Taste(edits: 9, weights: ["loudness": 4, "swell": 2, "motion": 0.25, "change": 0.25]))
        #expect(moving(motion) > moving(loud) && sounding(loud) > sounding(motion))
        let low = ["motion": 0.25, "change": 0.25, "loudness": 0.25, "swell": 0.125, "saliency": 1]
        let calm = select(Taste(edits: 9, weights: low.merging(["calm": 1, "quiet": 1]) { $1 }))
        #expect(moving(calm) + sounding(calm) < moving(motion) + sounding(loud))
    }

    @Test("who is there counts where somebody looked for them, and a taste says so")
    func faces() {
        var curve = [Float](repeating: 0, count: story.signals.visual.count)
        for index in 400..<460 { curve[index] = 1 }
        let taste = Taste(edits: 9, weights: ["faces": 1.6])
        // With room for them beside what moves and what is loud, which count as they do for anybody.
        let with = select(taste, noticed: Noticed([.faces: curve]), target: 45)
        #expect(shown([80..<92], with) > shown([80..<92], select(taste, target: 45)))
        let noticed = Noticed([.faces: curve])
        // Without a taste they count too, but less; some would rather not see any.
        let plain = select(.none, noticed: noticed, target: 45)
        #expect(shown([80..<92], plain) >= shown([80..<92], select(.none, target: 45)))
        let averse = select(Taste(edits: 9, weights: ["faces": -0.75]), noticed: noticed, target: 45)
        #expect(shown([80..<92], averse) < shown([80..<92], with))
        #expect(taste.words == ["you often keep faces: +1.0"])
    }

    private func range(_ range: TimeRange) -> RequestedRange {
        RequestedRange(start: range.start.seconds, end: range.end.seconds)
    }

    @Test("a ban says that the other shots are better, a pin that it is better than the other near misses")
    func pairs() throws {
        let (teacher, selection) = (TasteTeacher(story.signals), select(.none))
        try #require(selection.shots.count > 2 && selection.nearMisses.count > 2)
        var options = JobOptions(targetDuration: 20)
        options.ban = [range(selection.shots[0].range)]
        let banned = try #require(teacher.changed(options, from: selection))
        #expect(banned.kind == .edit)
        #expect(banned.pairs.allSatisfy { abs($0.worse.start - selection.shots[0].range.start.seconds) < 0.002 })
        #expect(abs(banned.pairs.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
        options.ban = []
        options.pin = [range(selection.nearMisses[1].range)]
        let pinned = try #require(teacher.changed(options, from: selection))
        #expect(pinned.pairs.allSatisfy { abs($0.better.start - selection.nearMisses[1].range.start.seconds) < 0.002 })
        let others = Set(selection.nearMisses.map { ($0.range.start.seconds * 1000).rounded() / 1000 })
        #expect(pinned.pairs.allSatisfy { others.contains($0.worse.start) && $0.worse.start != $0.better.start })
        for pair in banned.pairs + pinned.pairs {
            for signal in ["change", "motion", "loudness", "calm", "saliency"] {
                #expect(pair.better.signals[signal] != nil && pair.worse.signals[signal] != nil)
            }
            #expect(pair.better.signals["faces"] == nil)
        }
    }

    @Test("segments say what was taken in, left out and moved; a reel that stays as it was says little")
    func segments() throws {
        let (teacher, selection) = (TasteTeacher(story.signals), select(.none))
        var options = JobOptions(targetDuration: 20)
        let shots = selection.shots.map(\.range)
        try #require(shots.count > 2)
        // The first is left out, the second cut short, and something else taken in.
        let short = TimeRange(start: shots[1].start, end: shots[1].end - MediaTime(seconds: 1))
        let new = selection.nearMisses[0].range
        options.segments = [range(short), range(new)] + shots.dropFirst(2).map { range($0) }
        let lesson = try #require(teacher.changed(options, from: selection))
        func has(_ better: TimeRange, _ worse: TimeRange) -> Bool {
            lesson.pairs.contains {
                abs($0.better.start - better.start.seconds) < 0.01 && abs($0.worse.start - worse.start.seconds) < 0.01
            }
        }
        #expect(has(shots[2], shots[0]))
        #expect(has(new, selection.nearMisses[1].range))
        #expect(has(short, TimeRange(start: short.end, end: shots[1].end)))
        #expect(lesson.pairs.count <= TasteLesson.most)
        let kept = try #require(teacher.kept(selection))
        #expect(kept.kind == .kept && kept.pairs.allSatisfy { $0.weight <= 0.1 })
        options.segments = shots.map { range($0) }
        #expect(teacher.changed(options, from: selection) == nil)
    }
}
