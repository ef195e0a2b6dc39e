import MomentsCore
import MomentsTitles
import Testing

@Suite("looks that ship")
struct ShippedLookTests {
    private static let sans = "Noto Sans, DejaVu Sans, Liberation Sans, Sans"
    private static let serif = "Noto Serif, DejaVu Serif, Liberation Serif, Serif"

    private func colors(_ look: TitleLook) -> [TitleColor] {
        [look.text, look.box, look.accent, look.onAccent, look.ground.top, look.ground.bottom, look.onGround]
    }

    @Test("letters, colours and shapes are those that clips had before styles were files")
    func looks() {
        let modern = TitleLook(ClipStyle.modern.look)
        #expect(modern == .modern && modern.title == Typeface(families: Self.sans, weight: 700))
        #expect(modern.detail == Typeface(families: Self.sans) && modern.form == .box && modern.radius == 0.016)
        let blue = [0x10141C, 0x3D8BFF, 0x06101F, 0x1B2433, 0x0B0F16].map { TitleColor(UInt32($0)) }
        #expect(colors(modern) == [.white] + blue + [.white])
        let minimalist = TitleLook(ClipStyle.minimalist.look)
        #expect(minimalist.title == Typeface(families: Self.serif) && minimalist.detail == minimalist.title)
        #expect(minimalist.form == .line && minimalist.radius == 0)
        let paper = [0x14120F, 0x2B2925, 0xF7F4EE, 0xF7F4EE, 0xECE7DD, 0x22201C].map { TitleColor(UInt32($0)) }
        #expect(colors(minimalist) == [.white] + paper)
        let energetic = TitleLook(ClipStyle.energetic.look)
        #expect(energetic.title == Typeface(families: Self.sans, weight: 900, isItalic: true))
        #expect(energetic.detail == Typeface(families: Self.sans, weight: 700, isItalic: true))
        #expect(energetic.form == .block && energetic.radius == 0.006)
        let yellow = [0x1A0A2E, 0xFFD21F, 0x17102B, 0x6A1B9A, 0x2A0B4F].map { TitleColor(UInt32($0)) }
        #expect(colors(energetic) == [.white] + yellow + [.white])
    }

    @Test("so are pace, motion, transitions, captions and ducking")
    func pace() {
        let all = [ClipStyle.modern, .minimalist, .energetic]
        #expect(all.map(\.transition) == [.dissolve, .fade, .cut])
        #expect(all.map(\.longestShot) == [5, 8, 3] && all.map(\.stillShot) == [4, 5, 2.5])
        #expect(all.map(\.zoom) == [1.14, 1.08, 1.22])
        #expect(all.map(\.writesVoice) == [false, false, true] && all.map(\.ducking) == [12, 12, 12])
    }
}
