import FoundationEssentials
import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("choosing moments")
struct SelectorTests {
    /// Four minutes with five events seen and heard, each a scene and a place of its own.
    static let lively: Story = {
        let events: [Range<Double>] = [30..<38, 75..<82, 120..<129, 160..<166, 210..<220]
        return Story(
            seconds: 240,
            cuts: events.flatMap { [$0.lowerBound, $0.upperBound] },
            motion: events.map { ($0, 25) },
            loud: events.map { ($0, -20) },
            places: events.enumerated().map { ($1, $0 + 1) }
        )
    }()

    private func overlap(_ range: TimeRange, _ other: Range<Double>) -> Double {
        max(0, min(range.end.seconds, other.upperBound) - max(range.start.seconds, other.lowerBound))
    }

    @Test("every event is in the reel, and little else")
    func events() {
        let selection = Self.lively.select()
        for (event, _) in Self.lively.motion {
            #expect(selection.shots.contains { overlap($0.range, event) > 1.5 })
        }
        let inside = selection.shots.reduce(0) { sum, shot in
            sum + Self.lively.motion.reduce(0) { $0 + overlap(shot.range, $1.0) }
        }
        #expect(inside / selection.duration > 0.9)
        #expect(abs(selection.duration - 30) <= 3)
        #expect(selection.note == nil)
    }

    @Test("what every moment is worth is told with the choice, and goes along with it")
    func worth() throws {
        let selection = Self.lively.select()
        #expect(selection.worth.count == Self.lively.signals.visual.count)
        func mean(_ range: Range<Int>) -> Float { selection.worth[range].reduce(0, +) / Float(range.count) }
        for (event, _) in Self.lively.motion {
            let inside = mean(Int(event.lowerBound) * 5 + 5..<Int(event.upperBound) * 5 - 5)
            #expect(inside > mean(0..<100) + 0.1)
        }
        let told = selection.noting("a word").retold { _ in (1, []) }
        #expect(told.worth == selection.worth)
        let kept = try JSONDecoder().decode(Selection.self, from: JSONEncoder().encode(selection))
        #expect(kept == selection)
    }

    @Test("shots are in order, apart, long enough, on frame times, and numbered", arguments: [6.0, 30, 100])
    func shape(target: Double) {
        let signals = Self.lively.signals
        let shots = Self.lively.select(target).shots
        #expect(!shots.isEmpty)
        #expect(zip(shots, shots.dropFirst()).allSatisfy { $0.range.end <= $1.range.start })
        for (index, shot) in shots.enumerated() {
            #expect(shot.range.duration.seconds >= 1.19)
            #expect(shot.id == "shot_0\(index < 9 ? "0" : "")\(index + 1)")
            #expect((0...1).contains(shot.score))
            #expect(!shot.reasons.isEmpty)
            for edge in [shot.range.start, shot.range.end] {
                #expect(signals.frames[signals.frames.firstIndex(notBefore: edge)] == edge)
            }
        }
        #expect(shots.reduce(0) { $0 + $1.range.duration.seconds } <= target * 1.1)
    }

    @Test("where encoding is dear, shots begin where decoding can start")
    func bound() {
        // Every nine seconds, wherever the events lie: at 36, 126, 162 and 216, and one second before the second's end.
        var signals = Self.lively.signals
        signals.starts = stride(from: 0, to: signals.frames.count, by: 225).map(\.self)
        let options = JobOptions(targetDuration: 30)
        let selection = Selector.select(signals, options: options, bindsStarts: true)
        let starts = Set(signals.starts.map { signals.frames[$0] })
        for (event, _) in Self.lively.motion {
            let shots = selection.shots.filter { overlap($0.range, event) > 1.3 }
            #expect(shots.count == 1, "\(event)")
            let isDear = event == 75..<82 ? false : !shots.allSatisfy { starts.contains($0.range.start) }
            #expect(!isDear, "\(event)")
        }
        let dear = selection.shots.filter { !starts.contains($0.range.start) }
        #expect(dear.reduce(0) { $0 + $1.range.duration.seconds } <= 4)
        let free = Selector.select(signals, options: options)
        #expect(free.shots.contains { !starts.contains($0.range.start) })
    }

    @Test("the same signals give the same choice")
    func determinism() {
        #expect(Self.lively.select() == Self.lively.select())
    }

    @Test("no edge lies within two frames of a cut, or across one")
    func cutEdges() {
        let signals = Self.lively.signals
        for shot in Self.lively.select(60).shots {
            let (first, last) = (
                signals.frames.firstIndex(notBefore: shot.range.start),
                signals.frames.firstIndex(notBefore: shot.range.end)
            )
            for scene in signals.scenes.dropFirst() {
                #expect(first <= scene.startFrame - 10 || first >= scene.startFrame + 2 || last < scene.startFrame)
                #expect(last <= scene.startFrame - 2 || last >= scene.startFrame + 10 || first > scene.startFrame)
            }
        }
    }

    @Test("reasons name what stood out and nothing that was flat")
    func reasons() throws {
        var story = Story(seconds: 300)
        story.loud = [(100..<106, -20)]
        let shot = try #require(story.select(12).shots.first { overlap($0.range, 100..<106) > 1 })
        #expect(shot.signals["loudness"] ?? 0 > 3)
        #expect(shot.signals["motion"] == nil)
        #expect(shot.reasons.contains { $0.hasPrefix("loud ") && $0.hasSuffix("above usual") })
    }

    @Test("a hum is worth less than something that lives")
    func hum() {
        var story = Story(seconds: 300)
        story.loud = [(60..<72, -25), (200..<206, -25)]
        var signals = story.signals
        for index in 60 * 20..<72 * 20 { signals.audio?.level[index] = -25 + Float(index % 2) }
        let selection = Selector.select(signals, options: JobOptions(targetDuration: 6))
        #expect(selection.shots.contains { overlap($0.range, 200..<206) > 3 }, "\(selection.shots)")
        #expect(!selection.shots.contains { overlap($0.range, 63..<72) > 0 }, "nor does its end live")
    }

    @Test("two different audio over one rare sight are no repetition, two alike sights in motion are")
    func audio() {
        let seen: [Range<Double>] = [40..<70, 180..<210]
        var story = Story(seconds: 400, cuts: seen.flatMap { [$0.lowerBound, $0.upperBound] })
        story.places = seen.map { ($0, 1) }
        story.loud = [(50..<57, -20), (190..<197, -22)]
        let chosen = story.select(20).shots
        #expect(chosen.contains { overlap($0.range, 50..<57) > 3 })
        #expect(chosen.contains { overlap($0.range, 190..<197) > 3 })
        story.motion = story.loud.map { ($0.0, 25) }
        let moving = story.select(20).shots
        #expect(moving.count { overlap($0.range, 50..<57) + overlap($0.range, 190..<197) > 1.5 } == 1)
    }

    @Test("two moments of a sight that goes on from the one to the other are no repetition")
    func goesOn() {
        let seen = 100.0..<130
        var story = Story(seconds: 400, cuts: [seen.lowerBound, seen.upperBound])
        story.places = [(seen, 1)]
        story.motion = [(103..<105.6, 25), (122..<124.6, 30)]
        let shots = story.select(6).shots
        for event in story.motion { #expect(shots.contains { overlap($0.range, event.0) > 1.5 }, "\(shots)") }
    }

    @Test("what stands out less is rather shown than more of the same")
    func variety() {
        let events: [Range<Double>] = [40..<50, 100..<110, 160..<170, 220..<229]
        var story = Story(seconds: 270, cuts: events.flatMap { [$0.lowerBound, $0.upperBound] })
        story.motion = zip(events, [35, 35, 35, 9]).map { ($0, $1) }
        story.places = events.enumerated().map { ($1, $0 + 1) }
        for target in [24.0, 30] {
            let shots = story.select(target).shots
            for event in events { #expect(shots.contains { overlap($0.range, event) > 1.5 }, "\(event)") }
        }
    }

    @Test("what is seen twice is shown once, and the other is named as similar")
    func duplicates() throws {
        var story = Self.lively
        story.places[1].1 = 1
        let selection = story.select()
        let shown = selection.shots.filter { overlap($0.range, 30..<38) + overlap($0.range, 75..<82) > 0 }
        #expect(shown.count == 1)
        #expect(selection.nearMisses.contains { $0.reasons.contains("similar to \(shown[0].id)") })
    }

    @Test("with a fixed camera two different events are no repetition")
    func fixedCamera() {
        var story = Story(seconds: 200)
        story.motion = [(50..<56, 25), (150..<156, 25)]
        let shots = story.select(12).shots
        #expect(shots.contains { overlap($0.range, 50..<56) > 2 }, "\(story.select(12))")
        #expect(shots.contains { overlap($0.range, 150..<156) > 2 })
    }

    @Test("where nothing stands out the reel is filled and says so; with Length=best it is one shot")
    func nothing() {
        let story = Story(seconds: 300, cuts: [100, 200], places: [(100..<200, 1), (200..<300, 2)])
        let filled = story.select()
        #expect(filled.note?.contains("Nothing stood out") == true)
        #expect((27...31.5).contains(filled.duration))
        #expect(filled.shots.allSatisfy { $0.signals.isEmpty && !$0.reasons.isEmpty })
        let best = story.select { $0.length = .best }
        #expect(best.shots.count == 1)
    }

    @Test("a reel is as long as asked for wherever so much may be shown", arguments: [8.0, 20, 45, 90])
    func length(target: Double) {
        for story in [Self.lively, Story(seconds: 200, cuts: [31, 33, 90, 91.5, 140])] {
            #expect((0.9 * target...1.05 * target).contains(story.select(target).duration))
        }
    }

    @Test("what stands out comes first, the next best fills the reel, and the note says how much")
    func filled() {
        var story = Story(seconds: 240)
        story.motion = [(100..<106, 30)]
        let selection = story.select(20)
        #expect(selection.shots.contains { overlap($0.range, 100..<106) > 4 })
        #expect(selection.duration > 18)
        #expect(selection.note?.contains("s of the reel stood out") == true)
    }

    @Test("black is not shown while there is anything else")
    func black() {
        var story = Story(seconds: 120, black: [0..<50, 56..<120])
        story.cuts = [50, 56]
        let shots = story.select(20).shots
        #expect(!shots.isEmpty)
        #expect(shots.allSatisfy { overlap($0.range, 50..<56) > $0.range.duration.seconds - 0.001 })
        #expect(!Story(seconds: 120, black: [0..<120]).select(20).shots.isEmpty)
    }

    @Test("scenes are rated: those with events above the rest")
    func importance() {
        let scenes = Self.lively.select().scenes
        #expect(scenes.count == 11)
        #expect(scenes.allSatisfy { (1...10).contains($0.importance) })
        for index in scenes.indices.dropLast() where index % 2 == 1 {
            #expect(scenes[index].importance > scenes[index - 1].importance)
        }
    }
}
