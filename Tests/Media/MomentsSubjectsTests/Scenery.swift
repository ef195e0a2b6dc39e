import MomentsAnalysis
import MomentsCore
import MomentsSubjects

/// Dark pictures with bright squares.
enum Scenery {
    /// Makes a picture with squares of 32 pixels.
    ///
    /// - Parameters:
    ///   - width: The picture's.
    ///   - height: The picture's.
    ///   - corners: The upper left corners of the squares.
    /// - Returns: The picture.
    static func picture(_ width: Int = 320, _ height: Int = 192, _ corners: [(Int, Int)]) -> SubjectFrame {
        var luma = [UInt8](repeating: 16, count: width * height)
        for (x, y) in corners {
            for row in y..<y + 32 { for column in x..<x + 32 { luma[row * width + column] = 235 } }
        }
        let chroma = [UInt8](repeating: 128, count: width * height / 4)
        return SubjectFrame(width: width, height: height, luma: luma, cb: chroma, cr: chroma)
    }

    /// A find at a place.
    static func find(_ x: Double, _ y: Double = 0.3, _ size: Double = 0.2, _ confidence: Double = 0.9) -> Detection {
        Detection(
            kind: .people,
            name: "person",
            confidence: confidence,
            box: Box(x: x, y: y, width: size, height: size)
        )
    }

    /// A picture of one colour, with a box of another.
    static func colored(_ boxes: [(Box, cb: UInt8, cr: UInt8)]) -> SubjectFrame {
        let (width, height) = (160, 96)
        var (cb, cr) = ([UInt8](repeating: 128, count: 80 * 48), [UInt8](repeating: 128, count: 80 * 48))
        for (box, blue, red) in boxes {
            for row in Int(box.y * 48)..<min(48, Int((box.y + box.height) * 48)) {
                for column in Int(box.x * 80)..<min(80, Int((box.x + box.width) * 80)) {
                    (cb[row * 80 + column], cr[row * 80 + column]) = (blue, red)
                }
            }
        }
        let luma = [UInt8](repeating: 120, count: width * height)
        return SubjectFrame(width: width, height: height, luma: luma, cb: cb, cr: cr)
    }
}
