import MomentsCore
import MomentsTitles
import Testing

@Suite("contrast of titles")
struct ContrastTests {
    @Test("contrast is that of WCAG 2")
    func ratio() {
        #expect(abs(TitleColor.black.contrast(to: .white) - 21) < 0.001)
        #expect(abs(TitleColor(0x777777).contrast(to: .white) - 4.48) < 0.01)
    }

    @Test("each look's own pairs of colours are apart", arguments: ClipFlavour.allCases)
    func looks(flavour: ClipFlavour) {
        let look = TitleLook(flavour.style.look)
        #expect(look.onAccent.contrast(to: look.accent) >= Luminance.leastContrast)
        #expect(look.onGround.contrast(to: look.ground.top) >= Luminance.leastContrast)
        #expect(look.onGround.contrast(to: look.ground.bottom) >= Luminance.leastContrast)
        #expect(look.text.contrast(to: look.box) >= Luminance.leastContrast)
    }

    @Test("a box keeps text apart from whatever lies under it; an outline is enough where it is dark")
    func backing() {
        for text in [TitleColor.white, .black, TitleColor(0xFFD21F)] {
            for box in [TitleColor.black, .white, TitleColor(0x10141C), text] {
                guard case .box(let color, let opacity) = Backing.chosen(for: text, box: box, over: .unknown) else {
                    Issue.record("anything may lie there")
                    continue
                }
                for step in 0...20 {
                    let under = Double(step) / 20
                    let seen = TitleColor(
                        red: color.red * opacity + under * (1 - opacity),
                        green: color.green * opacity + under * (1 - opacity),
                        blue: color.blue * opacity + under * (1 - opacity)
                    )
                    #expect(seen.contrast(to: text) >= Luminance.leastContrast)
                }
            }
        }
        guard
            case .outline(let line) = Backing.chosen(
                for: .white,
                box: .black,
                over: Ground(darkest: 0.05, brightest: 0.3)
            )
        else {
            Issue.record("a dark picture needs no box")
            return
        }
        #expect(line.contrast(to: .white) >= Luminance.leastContrast)
        #expect(Ground(darkest: 0.2, brightest: 0.9).contrast(to: TitleColor(grey: 0.5)) == 1)
    }

    @Test("what is painted is readable over black, white and grey", arguments: ClipFlavour.allCases)
    func painted(flavour: ClipFlavour) throws {
        let painter = TitlePainter(width: 640, height: 360, look: TitleLook(flavour.style.look))
        for grey in [0.0, 1.0] {
            let ground = Ground(darkest: grey, brightest: grey)
            for painted in [painter.lowerThird(title: "Illinois", over: ground), painter.caption("Illinois")] {
                let bitmap = try #require(painted).bitmap
                let text =
                    painted?.bitmap.height == painter.caption("Illinois")?.bitmap.height
                    ? TitleColor.white : painter.look.form == .block ? painter.look.onAccent : painter.look.text
                var (letters, apart) = (0, 0)
                // Between the letters of a line lies what they are read against; bold ones fill half of it.
                for y in bitmap.height / 3..<2 * bitmap.height / 3 {
                    for x in bitmap.width / 4..<3 * bitmap.width / 4 {
                        let pixel = bitmap[x, y]
                        func seen(_ value: UInt8) -> Double {
                            Double(value) / 255 + grey * (1 - Double(pixel.opacity) / 255)
                        }
                        let color = TitleColor(red: seen(pixel.red), green: seen(pixel.green), blue: seen(pixel.blue))
                        if color.contrast(to: text) < 1.2 { letters += 1 }
                        if color.contrast(to: text) >= Luminance.leastContrast { apart += 1 }
                    }
                }
                #expect(letters > 20 && apart * 2 > letters)
            }
        }
    }
}
