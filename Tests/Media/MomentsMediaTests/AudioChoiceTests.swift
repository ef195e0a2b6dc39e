internal import MomentsMedia
internal import Testing

@Suite("choosing the sound")
struct AudioChoiceTests {
    func track(_ index: Int, _ change: (inout AudioCandidate) -> Void = { _ in }) -> AudioCandidate {
        var track = AudioCandidate(index: index)
        track.level = -20
        change(&track)
        return track
    }

    @Test("the marked track wins, unless it is silent, no sound of the scene, or cannot be decoded")
    func order() {
        let marked = track(1) { $0.isDefault = true }
        #expect(AudioChoice([track(0), marked]).index == 1)
        #expect(
            AudioChoice([
                track(0),
                track(1) {
                    $0.isDefault = true; $0.level = -80
                },
            ]).index == 0
        )
        #expect(
            AudioChoice([
                track(0),
                track(1) {
                    $0.isDefault = true; $0.level = -61
                }, track(2),
            ]).index == 0
        )
        #expect(AudioChoice([track(0) { $0.level = -58 }, track(1) { $0.level = -10 }]).index == 1)
        #expect(AudioChoice([track(0) { $0.isAside = true }, track(1)]).index == 1)
        let lost = AudioChoice([
            track(0) {
                $0.isDecodable = false; $0.codec = "apac"
            }, track(1),
        ])
        #expect(lost.index == 1 && lost.notes.first?.contains("apac") == true)
        #expect(AudioChoice([track(0) { $0.channels = 2 }, track(1) { $0.channels = 6 }]).index == 1)
    }

    @Test("the pictures' own programme and the marked track's language come first")
    func kinship() {
        #expect(
            AudioChoice([
                track(0) {
                    $0.isInProgramme = false; $0.isDefault = true
                }, track(1),
            ]).index == 1
        )
        #expect(AudioChoice([track(0) { $0.isInProgramme = false }]).index == nil)
        let tongues = [
            track(0) { ($0.level, $0.language, $0.isDefault) = (-90, "eng", true) },
            track(1) { $0.language = "fra" }, track(2) { $0.language = "eng" },
        ]
        #expect(AudioChoice(tongues).index == 2)
    }

    @Test("two tracks of one channel that both carry sound are mixed")
    func mixing() {
        func mono(_ index: Int, _ level: Double, _ language: String? = nil) -> AudioCandidate {
            track(index) { ($0.channels, $0.level, $0.language) = (1, level, language) }
        }
        let choice = AudioChoice([mono(0, -20), mono(1, -30)])
        #expect(choice.index == 0 && choice.partner == 1 && choice.notes.count == 1)
        #expect(AudioChoice([mono(0, -20), mono(1, -90)]).partner == nil)
        #expect(AudioChoice([mono(0, -20, "eng"), mono(1, -20, "fra")]).partner == nil)
        #expect(AudioChoice([track(0), mono(1, -20)]).partner == nil)
    }
}
