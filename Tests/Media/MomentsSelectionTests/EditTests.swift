import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("what people ask for")
struct EditTests {
    let story = SelectorTests.lively

    private func seconds(_ selection: Selection) -> [Range<Double>] {
        selection.shots.map { $0.range.start.seconds..<$0.range.end.seconds }
    }

    @Test("a video no longer than the target is shown whole")
    func whole() {
        let selection = Story(seconds: 20, cuts: [7]).select(30)
        #expect(seconds(selection) == [0..<20])
        #expect(selection.shots[0].reasons.contains("the whole video fits"))
    }

    @Test("a short video is shown without what is banned")
    func wholeButBanned() {
        let selection = Story(seconds: 20).select(30) { $0.ban = [.init(start: 5, end: 6.01)] }
        #expect(seconds(selection) == [0..<5, 6.04..<20])
    }

    @Test("segments are exactly the reel, in their order, within the video")
    func segments() {
        let selection = story.select {
            $0.segments = [.init(start: 100, end: 104), .init(start: 10, end: 12.5), .init(start: 238, end: 700)]
        }
        #expect(seconds(selection) == [100..<104, 10..<12.52, 238..<240])
    }

    @Test("a pin is in the reel, and the rest makes room")
    func pin() {
        let selection = story.select { $0.pin = [.init(start: 180, end: 195)] }
        #expect(seconds(selection).contains(180..<195))
        #expect(selection.shots.first { $0.range.start.seconds == 180 }?.reasons.contains("asked for") == true)
        #expect(selection.duration <= 33)
        #expect(zip(selection.shots, selection.shots.dropFirst()).allSatisfy { $0.range.end <= $1.range.start })
    }

    @Test("pins that meet are one shot")
    func pinsJoined() {
        let selection = story.select(6) { $0.pin = [.init(start: 20, end: 24), .init(start: 22, end: 26)] }
        #expect(seconds(selection) == [20..<26])
    }

    @Test("no frame of a banned segment is shown, not even of a pinned one", arguments: [30.0, 90])
    func ban(target: Double) {
        let bans: [Range<Double>] = [29.5..<34, 80..<180.01, 212..<213]
        let selection = story.select(target) {
            $0.ban = bans.map { RequestedRange(start: $0.lowerBound, end: $0.upperBound) }
            $0.pin = [.init(start: 178, end: 182)]
        }
        #expect(!selection.shots.isEmpty)
        for shot in seconds(selection) {
            for ban in bans { #expect(!shot.overlaps(ban)) }
        }
    }

    @Test("whoever bans one shot finds the others as they were, and something else instead", arguments: [30.0, 60])
    func banOfOne(target: Double) throws {
        let before = story.select(target)
        for banned in before.shots {
            let range = RequestedRange(start: banned.range.start.seconds, end: banned.range.end.seconds)
            let after = story.select(target) { $0.ban = [range] }
            let kept = before.shots.filter { $0.id != banned.id }.map(\.range)
            #expect(Set(kept).isSubset(of: after.shots.map(\.range)), "without \(banned.id): \(after.shots)")
            #expect((0.9...1.05).contains(after.duration / target), "without \(banned.id): \(after.duration)")
            for (shot, next) in zip(after.shots, after.shots.dropFirst()) {
                let gap = (next.range.start - shot.range.end).seconds
                let hasCut = story.cuts.contains { (shot.range.end.seconds...next.range.start.seconds).contains($0) }
                #expect(gap == 0 || gap > 0.7 || hasCut, "a stumble of \(gap) s without \(banned.id)")
            }
        }
    }

    @Test("a pin takes the place of the least worthy shots, and leaves the others as they were")
    func pinOfOne() throws {
        let before = story.select(60)
        let range = try #require(before.nearMisses.first).range
        let after = story.select(60) {
            $0.pin = [.init(start: range.start.seconds, end: range.end.seconds)]
        }
        let old = Set(before.shots.map(\.range))
        let gone = old.subtracting(after.shots.map(\.range))
        #expect(after.shots.contains { $0.reasons.contains("asked for") })
        #expect(gone.count <= 2 && gone.count < old.count, "\(gone) of \(old)")
        #expect((0.9...1.05).contains(after.duration / 60), "\(after.duration)")
    }

    @Test("when everything is banned there is no shot")
    func allBanned() {
        #expect(story.select { $0.ban = [.init(start: 0, end: 1000)] }.shots.isEmpty)
        #expect(Story(seconds: 5).select { $0.ban = [.init(start: 0, end: 5)] }.shots.isEmpty)
    }

    @Test("an edge is moved into a pause in reach")
    func pauses() throws {
        var story = Story(seconds: 160)
        story.motion = [(101..<108, 30)]
        story.pauses = [100.5..<100.9, 108.6..<109.1]
        let shot = try #require(
            story.select(10).shots.first { $0.range.start.seconds > 95 && $0.range.end.seconds < 115 }
        )
        #expect(story.pauses[0].contains(shot.range.start.seconds))
        #expect(story.pauses[1].contains(shot.range.end.seconds))
    }

    @Test("a target shorter than any shot still gives one")
    func tinyTarget() {
        let selection = story.select(0.5)
        #expect(selection.shots.count == 1)
        #expect(selection.duration >= 1.19, "\(selection)")
    }

    @Test("a selection survives being written and read")
    func coding() throws {
        let selection = story.select()
        #expect(try MomentsJSON.decode(Selection.self, from: MomentsJSON.line(selection)) == selection)
    }
}
