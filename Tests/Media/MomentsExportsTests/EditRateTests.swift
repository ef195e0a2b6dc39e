import MomentsCore
import MomentsExports
import Testing

@Suite("rates for editing")
struct EditRateTests {
    @Test(
        "what a container's clock has rounded becomes the rate it stands for, and odd rates stay exact",
        arguments: [
            (Rational(30_000, 1001), false, Rational(30_000, 1001)),
            (Rational(2997, 100), false, Rational(30_000, 1001)),
            (Rational(19001, 317), false, Rational(60_000, 1001)), (Rational(25, 1), false, Rational(25, 1)),
            (Rational(25, 2), false, Rational(25, 2)), (Rational(15, 1), false, Rational(15, 1)),
            (Rational(29871, 1000), true, Rational(30, 1)), (Rational(8, 1), true, Rational(8, 1)),
            (Rational(240, 1), false, Rational(240, 1)), (.unknown, false, Rational(25, 1)),
        ]
    )
    func choice(average: Rational, isVariable: Bool, rate: Rational) {
        #expect(EditRate(of: average, isVariable: isVariable).rate == rate)
    }

    @Test("only 29.97 and 59.94 drop numbers")
    func dropFrame() {
        let dropping = [Rational(30_000, 1001), Rational(60_000, 1001)]
        let others = [Rational(24_000, 1001), Rational(30, 1), Rational(60, 1), Rational(120_000, 1001)]
        #expect(dropping.allSatisfy { EditRate(of: $0, isVariable: false).isDropFrame })
        #expect(others.allSatisfy { !EditRate(of: $0, isVariable: false).isDropFrame })
    }

    @Test(
        "a timecode of a file names a frame",
        arguments: [
            (Rational(25, 1), "01:00:00:05", 90_005), (Rational(30_000, 1001), "00:01:00;02", 1800),
            (Rational(30_000, 1001), "00:10:00;00", 17_982), (Rational(60_000, 1001), "00:01:00;04", 3600),
            (Rational(24_000, 1001), "10:00:00:00", 864_000),
        ]
    )
    func timecode(rate: Rational, text: String, frame: Int64) {
        #expect(EditRate(of: rate, isVariable: false).frames(timecode: text) == frame)
    }

    @Test(
        "what is no timecode names none",
        arguments: ["", "1:2:3", "00:00:00:25", "24:00:00:00", "a:b:c:d", "-1:0:0:0"]
    )
    func noTimecode(text: String) {
        #expect(EditRate(of: Rational(25, 1), isVariable: false).frames(timecode: text) == nil)
    }
}
