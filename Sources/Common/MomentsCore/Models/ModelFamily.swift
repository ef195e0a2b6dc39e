/// How the numbers a network gives are to be read.
public enum ModelFamily: String, CaseIterable, Codable, Sendable {
    /// CenterFace: a heat map, sizes, offsets and landmarks of a quarter of the picture's sides.
    case centerface
    /// SSD of TensorFlow's detection API: encodings of boxes and scores of classes on up to six grids.
    case ssd
    /// YuNet of 2023: classes, objectness, boxes and landmarks on three grids.
    case yunet
    /// NanoDet: scores and distributions of distances in one list for all grids.
    case nanodet
    /// YOLO as Darknet writes it: rows of centre, size, objectness and scores, in shares of the picture.
    case yolo
    /// A score for every pixel of a grid: of one class, or of each class in turn, perhaps behind the background.
    case segmentation
}
