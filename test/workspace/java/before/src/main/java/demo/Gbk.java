package demo;

// ¿Í»§¶ËÃÜÔ¿ ÿ
import com.aliyun.dkms.gcs.openapi.models.*;

class Gbk {
    String name = "ÃÜÂë";
    Config c = new Config().setClientKeyFile("keys/client.json").setPassword("OldPw1!x&y");
}