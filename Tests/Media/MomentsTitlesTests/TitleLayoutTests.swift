import MomentsCore
import MomentsTitles
import Testing

@Suite("titles over pictures")
struct TitleLayoutTests {
    static let sizes = [(1280, 720), (720, 1280), (720, 720), (320, 180), (1920, 800)]

    /// Columns and rows of what is painted at all.
    private func edges(_ painted: PaintedTitle) -> (left: Int, top: Int, right: Int, bottom: Int) {
        (painted.x, painted.y, painted.x + painted.bitmap.width, painted.y + painted.bitmap.height)
    }

    @Test("every look and shape keeps text inside the safe area, in any script", arguments: ClipFlavour.allCases)
    func safe(flavour: ClipFlavour) throws {
        for (width, height) in Self.sizes {
            let painter = TitlePainter(width: width, height: height, look: TitleLook(flavour.style.look))
            for text in ["Shoe", "حذاء الجري الجديد", "新製品のご案内", "🎉 Fête", String(repeating: "Wörter ", count: 14)] {
                for painted in [painter.lowerThird(title: text), painter.caption(text)] {
                    let edges = edges(try #require(painted))
                    #expect(edges.left >= painter.safe.left - 2 && edges.right <= painter.safe.right + 2)
                    #expect(edges.top >= painter.safe.top - 2 && edges.bottom <= painter.safe.bottom + 2)
                    #expect(edges.left.isMultiple(of: 2) && edges.top.isMultiple(of: 2))
                }
            }
        }
    }

    @Test("what is read from the right stands at the right")
    func sides() throws {
        let painter = TitlePainter(width: 1280, height: 720)
        let left = try #require(painter.lowerThird(title: "Shoe"))
        let right = try #require(painter.lowerThird(title: "حذاء"))
        #expect(left.x == painter.safe.left)
        #expect(right.x + right.bitmap.width > painter.safe.right - 4)
    }

    @Test("letters are as large as can be read where the frame is shown 320 wide, and follow its height")
    func readable() throws {
        for (width, height) in Self.sizes {
            let painter = TitlePainter(width: width, height: height)
            #expect(painter.leastSize * 320 / Double(width) >= 10)
        }
        let small = try #require(TitlePainter(width: 640, height: 360).lowerThird(title: "Shoe"))
        let large = try #require(TitlePainter(width: 1920, height: 1080).lowerThird(title: "Shoe"))
        #expect(abs(Double(large.bitmap.height) / Double(small.bitmap.height) - 3) < 0.2)
    }

    @Test("a raised title leaves captions their room", arguments: [(1280, 720), (720, 1280), (720, 720)])
    func room(width: Int, height: Int) throws {
        let painter = TitlePainter(width: width, height: height)
        let words = "And this is what people say when they have run a mile in them, never again without"
        let caption = try #require(painter.caption(words))
        let title = try #require(painter.lowerThird(title: "Aurora Trail", raised: painter.captionRoom(for: [words])))
        #expect(title.y + title.bitmap.height <= caption.y)
    }

    @Test(
        "a product's picture stands in its corner, whole, whatever its shape",
        arguments: TitlePainter.Corner.allCases
    )
    func inset(corner: TitlePainter.Corner) {
        for (width, height) in [(400, 400), (4000, 10), (10, 4000)] {
            let picture = Bitmap(width: width, height: height, filledWith: (200, 30, 30, 255))
            let painter = TitlePainter(width: 1280, height: 720)
            let painted = painter.inset(picture, in: corner, share: 0.3)
            let edges = edges(painted)
            #expect(edges.left >= 0 && edges.top >= 0 && edges.right <= 1280 && edges.bottom <= 720)
            let middle = painted.bitmap[painted.bitmap.width / 2, painted.bitmap.height / 2]
            #expect(middle.red > 190 && middle.green < 60 && middle.opacity == 255)
        }
    }

    @Test("text that is nothing but what cannot be shown gives no title")
    func nothing() {
        let painter = TitlePainter(width: 640, height: 360)
        #expect(painter.lowerThird(title: "") == nil)
        #expect(painter.lowerThird(title: "\u{202E}\u{0}") == nil)
        #expect(painter.caption("\u{200B}") == nil)
    }

    @Test("an end card shows the product, its name and what to do", arguments: [(640, 360), (360, 640), (360, 360)])
    func end(width: Int, height: Int) {
        let red = Bitmap(width: 300, height: 400, filledWith: (220, 20, 20, 255))
        for flavour in ClipFlavour.allCases {
            let painter = TitlePainter(width: width, height: height, look: TitleLook(flavour.style.look))
            let card = painter.endCard(name: "Aurora", callToAction: "Order today", picture: red).bitmap
            var (reds, accents, holes) = (0, 0, 0)
            let accent = painter.look.accent
            for y in stride(from: 0, to: height, by: 3) {
                for x in stride(from: 0, to: width, by: 3) {
                    let pixel = card[x, y]
                    if pixel.opacity < 255 { holes += 1 }
                    if pixel.red > 200, pixel.green < 40 { reds += 1 }
                    if abs(Double(pixel.red) / 255 - accent.red) < 0.02,
                        abs(Double(pixel.blue) / 255 - accent.blue) < 0.02
                    {
                        accents += 1
                    }
                }
            }
            #expect(holes == 0)
            #expect(reds * 9 > width * height / 20)
            #expect(accents * 9 > width * height / 400)
        }
    }
}
