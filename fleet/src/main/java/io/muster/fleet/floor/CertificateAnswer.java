package io.muster.fleet.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certifies the request in the body of whatever was posted, and closes. Of HTTP it knows where a body begins and
/// ends.
final class CertificateAnswer extends ByteToMessageDecoder {

    private static final int LONGEST_REQUEST = 16 * 1024;
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));
    private static final Pattern LENGTH =
            Pattern.compile("\r\ncontent-length: *([0-9]{1,5})", Pattern.CASE_INSENSITIVE);
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/pkcs7-mime; smime-type=certs-only\r\n"
                    + "Connection: close\r\nContent-Length: ";

    private final Issuer issuer;

    CertificateAnswer(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws GeneralSecurityException, IOException {
        int head = ByteBufUtil.indexOf(END_OF_HEAD, in);
        if (head < 0) {
            bound(in.readableBytes());
            return;
        }
        int start = head + END_OF_HEAD.readableBytes();
        Matcher length =
                LENGTH.matcher(in.toString(in.readerIndex(), head - in.readerIndex(), StandardCharsets.US_ASCII));
        int end = start + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        bound(end);
        if (in.writerIndex() < end) {
            return;
        }
        byte[] body = ByteBufUtil.getBytes(in, start, end - start);
        in.skipBytes(in.readableBytes());
        byte[] answer = Base64.getEncoder()
                .encode(issuer.certify(Base64.getMimeDecoder().decode(body)));
        ByteBuf response = context.alloc().buffer(HEAD.length() + answer.length + 16);
        ByteBufUtil.writeAscii(response, HEAD + answer.length + "\r\n\r\n");
        context.writeAndFlush(response.writeBytes(answer)).addListener(ChannelFutureListener.CLOSE);
    }

    private static void bound(int bytes) throws IOException {
        if (bytes > LONGEST_REQUEST) {
            throw new IOException("The request is longer than " + LONGEST_REQUEST + " bytes");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
