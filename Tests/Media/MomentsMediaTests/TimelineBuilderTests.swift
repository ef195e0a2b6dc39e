internal import MomentsCore
internal import MomentsMedia
internal import Testing

@Suite("finding one line in a file's clocks")
struct TimelineBuilderTests {
    /// Pictures of 40 ms in milliseconds on track 0, sound of 20 ms on track 1, interleaved at 100 bytes a packet.
    struct Film {
        var builder: TimelineBuilder
        var position: Int64 = 0
        /// How long a picture is shown.
        var duration: Int64 = 40

        init(isJoined: Bool = false, hasDecodingTimes: Bool = true) {
            let base = Rational(1, 1000)
            builder = TimelineBuilder(
                .init(isJoined: isJoined),
                clocks: [
                    0: TrackClock(
                        base: base,
                        isVideo: true,
                        hasDecodingTimes: hasDecodingTimes,
                        isJoined: isJoined
                    ),
                    1: TrackClock(
                        base: base,
                        isVideo: false,
                        hasDecodingTimes: hasDecodingTimes,
                        isJoined: isJoined
                    ),
                ]
            )
        }

        mutating func add(_ track: Int, _ pts: Int64, _ dts: Int64? = nil, isKeyframe: Bool = true) {
            let packet = PacketTimes(
                track: track,
                position: position,
                pts: pts,
                dts: dts ?? pts,
                duration: track == 0 ? duration : 20,
                isKeyframe: isKeyframe
            )
            builder.add(packet)
            position += 100
        }

        /// A second of pictures and sound; the sound `behind` milliseconds later in the file than its picture.
        mutating func second(from start: Int64, sound: Int64? = nil, behind: Int64 = 0) {
            for place in 0..<25 {
                add(0, start + Int64(place) * 40, isKeyframe: place == 0)
                for half in 0..<2 { add(1, (sound ?? start) + Int64(place) * 40 + Int64(half) * 20 - behind) }
            }
        }

        var plan: ClockPlan { builder.build(video: 0) }

        func offsets(_ track: Int) -> [Int64] { plan.tracks[track]?.runs.map(\.offset) ?? [] }
    }

    @Test("a clock that runs on stays as it is, with pauses and a first time of any size")
    func plain() {
        var film = Film()
        film.second(from: 500_000)
        film.second(from: 501_000, behind: 300)
        film.second(from: 532_000)
        #expect(film.offsets(0) == [0, 0] && film.offsets(1).allSatisfy { $0 == 0 })
        #expect(film.plan.pauses.count == 1 && film.plan.jumps.isEmpty)
        #expect(abs((film.plan.pauses.first?.jump ?? 0) - 30) < 0.1)
    }

    @Test(
        "clocks that start anew go on where the last one ended, sound with its pictures",
        arguments: [0, 60] as [Int64]
    )
    func restarts(_ behind: Int64) {
        var film = Film()
        film.second(from: 1000, behind: behind)
        film.second(from: 1000, behind: behind)
        film.second(from: 200, behind: behind)
        #expect(film.offsets(0) == [0, 1000, 2800])
        #expect(film.offsets(1) == [0, 1000, 2800])
        #expect(film.plan.jumps.map(\.time) == [1, 2])
    }

    @Test("a jump of hours is closed, one of minutes only where recordings are joined")
    func ahead() {
        for (jump, isJoined, isClosed) in [(10_800_000, false, true), (60_000, false, false), (60_000, true, true)] {
            var film = Film(isJoined: isJoined)
            film.second(from: 0)
            film.second(from: Int64(jump))
            let offset = isClosed ? 1000 - Int64(jump) : 0
            #expect(film.offsets(0) == [0, offset] && film.offsets(1) == [0, offset])
        }
    }

    @Test("a hole in the pictures that sound fills stays")
    func hole() {
        var film = Film()
        film.second(from: 0)
        for place in 0..<20_000 { film.add(1, 1000 + Int64(place) * 20) }
        film.second(from: 401_000)
        #expect(film.offsets(0) == [0, 0])
        #expect(film.offsets(1) == [0])
    }

    @Test("a hole in the sound stays, and one clock that jumps alone comes back to the other")
    func alone() {
        var film = Film()
        film.second(from: 0)
        for place in 0..<500 { film.add(0, 1000 + Int64(place) * 40, isKeyframe: false) }
        film.second(from: 21_000)
        #expect(film.offsets(0) == [0] && film.offsets(1).allSatisfy { $0 == 0 })

        film = Film()
        film.second(from: 0)
        for second in 1..<4 { film.second(from: 7_200_000 + Int64(second) * 1000, sound: Int64(second) * 1000) }
        #expect(film.offsets(0) == [0, -7_200_000] && film.offsets(1) == [0])
    }

    @Test("slips of single packets are no clock of their own")
    func slips() {
        var film = Film()
        film.second(from: 0)
        film.add(0, 3_600_000, isKeyframe: false)
        film.add(1, 3_600_000)
        film.add(0, 3_600_040, isKeyframe: false)
        for place in 2..<25 {
            film.add(0, 1000 + Int64(place) * 40, isKeyframe: false)
            film.add(1, 980 + Int64(place) * 40)
        }
        #expect(film.offsets(0) == [0] && film.plan.jumps.isEmpty && film.plan.pauses.isEmpty)
    }

    @Test("pictures shown in another order than they stand in are no jump back")
    func order() {
        var film = Film(hasDecodingTimes: false)
        for group in 0..<4 {
            let start = Int64(group) * 640
            film.add(0, start, isKeyframe: true)
            for four in 0..<4 {
                let begin = start + Int64(four) * 160
                if four < 3 { film.add(0, begin + 160, isKeyframe: false) }
                for place in [80, 40, 120] as [Int64] { film.add(0, begin + place, isKeyframe: false) }
            }
        }
        #expect(film.offsets(0) == [0])
        // A key picture behind which all others are shown tells a restart of half a second too.
        film.second(from: 2060)
        #expect(film.offsets(0) == [0, 500])
    }

    @Test("nor are pictures of which each is shown for seconds")
    func slowOrder() {
        var film = Film(hasDecodingTimes: false)
        film.duration = 4000
        film.add(0, 0)
        for four in 0..<8 {
            for place in [16, 8, 4, 12] as [Int64] {
                film.add(0, Int64(four) * 16_000 + place * 1000, isKeyframe: false)
            }
        }
        #expect(film.offsets(0) == [0] && film.plan.jumps.isEmpty)
    }

    @Test("a clock that jumps between keyframes loses no frame, but for what a joined recording begins with")
    func jumpInsideGroup() {
        for isJoined in [false, true] {
            var film = Film(isJoined: isJoined)
            film.second(from: 0)
            for place in 0..<12 { film.add(0, 1000 + Int64(place) * 40, isKeyframe: place == 0) }
            for place in 12..<25 { film.add(0, 10_801_000 + Int64(place) * 40, isKeyframe: false) }
            film.second(from: 10_802_000)
            let runs = film.plan.tracks[0]?.runs ?? []
            #expect(runs.count == 2)
            #expect(runs.last?.run.open == (isJoined ? 13 : 0))
        }
    }
}
